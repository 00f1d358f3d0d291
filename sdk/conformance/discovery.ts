import * as assert from 'uvu/assert'
import type { DiscoveringNode, Discovery, FoundPeer } from '../contract/discovery.ts'
import { lawWith, type Law } from './law.ts'

/** A discovery, and the ground on which it looks. */
export interface DiscoverySubject {
  readonly discovery: Discovery
  /** Our node there. */
  readonly node: Omit<DiscoveringNode, 'signal'>
  /** Somebody comes, or comes anew at other addresses, and stays. Resolves with its peer id once it can be found. */
  appear(addresses: readonly string[]): Promise<string>
  /** Puts what is no peer, and ourselves, where the discovery looks. */
  litter(): Promise<void>
  /** Lets time pass until the discovery has reason to look again. */
  move(): void | Promise<void>
}

/** Generous: only a discovery that never finds meets it. */
const patience = 15_000
const here = ['/ip4/127.0.0.1/tcp/4001']
const there = ['/ip4/127.0.0.1/tcp/4002']

export const discoveryLaws: readonly Law<DiscoverySubject>[] = [
  lawWith('it finds who is there, and where', async (subject) => {
    const peer = await subject.appear(here)
    await using search = look(subject)
    const found = await search.until((one) => one.peer === peer)
    assert.equal(found.addresses, here)
  }),
  lawWith('it finds who comes while it looks', async (subject) => {
    await using search = look(subject)
    const peer = await subject.appear(here)
    await search.until((one) => one.peer === peer)
  }),
  lawWith('it tells again when addresses change', async (subject) => {
    const peer = await subject.appear(here)
    await using search = look(subject)
    await search.until((one) => one.peer === peer && one.addresses.includes(here[0]!))
    assert.is(await subject.appear(there), peer)
    await search.until((one) => one.peer === peer && one.addresses.includes(there[0]!))
  }),
  lawWith('it drops what is no peer, and never finds ourselves', async (subject) => {
    await using search = look(subject)
    await subject.litter()
    const peer = await subject.appear(here)
    await search.until((one) => one.peer === peer)
    for (const one of search.all) {
      assert.is.not(one.peer, subject.node.self)
      assert.match(one.peer, /^[A-Za-z0-9]{40,64}$/)
      assert.ok(one.addresses.length > 0)
      for (const address of one.addresses) assert.match(address, /^\/[a-z]/)
    }
  }),
  lawWith('it ends when the signal aborts, without throwing, while it waits', async (subject) => {
    const stop = new AbortController()
    const over = drain(subject.discovery.find({ ...subject.node, signal: stop.signal }))
    await turns()
    stop.abort()
    await over
  }),
  lawWith('it ends when the signal was aborted before', async (subject) => {
    await subject.appear(here)
    assert.equal(await drain(subject.discovery.find({ ...subject.node, signal: AbortSignal.abort() })), [])
  }),
  lawWith('it ends when its reader goes away', async (subject) => {
    await subject.appear(here)
    const stop = new AbortController()
    const moving = keepMoving(subject)
    for await (const one of subject.discovery.find({ ...subject.node, signal: stop.signal })) {
      assert.ok(one)
      break
    }
    await moving[Symbol.asyncDispose]()
  }),
  lawWith('it looks again after it has ended, alone', async (subject) => {
    const peer = await subject.appear(here)
    for (let round = 0; round < 2; round++) {
      await using search = look(subject)
      await search.until((one) => one.peer === peer)
    }
  }),
]

/** A search that runs until it is disposed of; disposing fails when the discovery throws. */
function look(subject: DiscoverySubject) {
  const stop = new AbortController()
  const all: FoundPeer[] = []
  let news = Promise.withResolvers<void>()
  const over = (async () => {
    for await (const one of subject.discovery.find({ ...subject.node, signal: stop.signal })) {
      all.push(one)
      news.resolve()
      news = Promise.withResolvers()
    }
  })()
  const moving = keepMoving(subject)
  return {
    all,
    async until(wanted: (found: FoundPeer) => boolean): Promise<FoundPeer> {
      const late = AbortSignal.timeout(patience)
      const tooLate = new Promise<never>((_, reject) => {
        late.addEventListener('abort', () => reject(new Error(`not found in ${patience} ms, but: ${JSON.stringify(all)}`)))
      })
      tooLate.catch(() => undefined)
      for (;;) {
        const found = all.find(wanted)
        if (found !== undefined) return found
        await Promise.race([news.promise, tooLate, over.then(() => tooLate)])
      }
    },
    async [Symbol.asyncDispose]() {
      await moving[Symbol.asyncDispose]()
      stop.abort()
      await over
    },
  }
}

/** Time passes on the subject's ground, turn by turn, so that a still clock does not hold the search. */
function keepMoving(subject: DiscoverySubject): AsyncDisposable {
  let on = true
  const move = async () => {
    while (on) {
      await subject.move()
      await turns()
    }
  }
  const moved = move()
  return {
    async [Symbol.asyncDispose]() {
      on = false
      await moved
    },
  }
}

async function drain(found: AsyncIterable<FoundPeer>): Promise<FoundPeer[]> {
  const all: FoundPeer[] = []
  for await (const one of found) all.push(one)
  return all
}

/** Lets everything that is ready run. */
const turns = () => new Promise<void>((resolve) => setTimeout(resolve, 5))
