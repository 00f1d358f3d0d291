import type { Discovery, FoundPeer } from '@palabre/sdk/contract/discovery'
import { fakeClock, settled, type FakeClock } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createBook } from './book.ts'
import { createFinder } from './found.ts'
import { limits } from './limits.ts'

const names = Array.from({ length: 40 }, (_, i) => `peer${i}`)
const at = (peer: string): FoundPeer => ({ peer, addresses: ['/ip4/192.0.2.1/tcp/1'] })

/** A discovery that tells what the test tells it. */
function teller(name: string, clock: FakeClock) {
  const queue: FoundPeer[] = []
  let wake = () => {}
  const discovery: Discovery = {
    name,
    async *find({ signal }) {
      signal.addEventListener('abort', () => wake())
      while (!signal.aborted) {
        yield* queue.splice(0)
        if (!signal.aborted && queue.length === 0) await new Promise<void>((resolve) => (wake = resolve))
      }
    },
  }
  return {
    discovery,
    async tells(...peers: string[]) {
      queue.push(...peers.map(at))
      wake()
      await clock.advance(1.5 * limits.foundGather)
    },
  }
}

function finding(wanted: number) {
  const clock = fakeClock()
  const stop = new AbortController()
  const dials: string[] = []
  const running = new Map<string, PromiseWithResolvers<void>>()
  const linked = new Set<string>()
  const told: string[] = []
  const finder = createFinder({
    clock,
    log: { debug() {}, info() {}, warn() {}, error() {} } as never,
    book: createBook(),
    wanted,
    signal: stop.signal,
    self: () => 'self',
    addresses: () => [],
    components: () => ({}),
    linkCount: () => linked.size,
    isLinked: (peer) => linked.has(peer),
    dial(peer) {
      dials.push(peer)
      const one = Promise.withResolvers<void>()
      running.set(peer, one)
      return one.promise
    },
    tell: (peer, _addresses, by) => told.push(`${peer} by ${by}`),
  })
  const ends = async (peer: string, well: boolean) => {
    if (well) linked.add(peer)
    if (well) running.get(peer)!.resolve()
    else running.get(peer)!.reject(new Error('out of reach'))
    await settled()
  }
  return { clock, finder, dials, linked, told, ends }
}

test('several discoveries that find the same peer make one dial, and each is told', async () => {
  const { clock, finder, dials, told, ends } = finding(12)
  const [a, b] = [teller('mdns', clock), teller('bootstrap', clock)]
  finder.add(a.discovery)
  finder.add(b.discovery)
  finder.start()
  await a.tells('peer1')
  await b.tells('peer1', 'peer1')
  assert.equal(dials, ['peer1'])
  assert.equal(told, ['peer1 by mdns', 'peer1 by bootstrap', 'peer1 by bootstrap'])
  await ends('peer1', true)
  await a.tells('peer1')
  assert.equal(dials, ['peer1'])
  await finder.stop()
})

test('ourselves, and whoever has no address, are nobody', async () => {
  const { clock, finder, dials, told } = finding(12)
  const a = teller('mdns', clock)
  finder.add(a.discovery)
  finder.start()
  await a.tells('self')
  assert.equal([dials, told], [[], []])
  await finder.stop()
})

test('a crowd is dialled a few at a time, and no further than wanted', async () => {
  const { clock, finder, dials, ends, linked } = finding(6)
  const a = teller('mdns', clock)
  finder.add(a.discovery)
  finder.start()
  await a.tells(...names)
  assert.is(dials.length, limits.foundDials)
  assert.is.not(dials.join(), names.slice(0, dials.length).join())
  for (let i = 0; i < 6; i++) await ends(dials[i]!, true)
  assert.is(dials.length, 6)
  // One goes: somebody who waits takes the place.
  linked.delete(dials[0]!)
  finder.retry()
  assert.is(dials.length, 7)
  await finder.stop()
})

test('who is out of reach is left alone for a while, and the next is tried', async () => {
  const { clock, finder, dials, ends } = finding(12)
  const a = teller('mdns', clock)
  finder.add(a.discovery)
  finder.start()
  await a.tells('peer1')
  await ends('peer1', false)
  await a.tells('peer1')
  assert.equal(dials, ['peer1'])
  await clock.advance(limits.foundPause * 1.25)
  await a.tells('peer1')
  assert.equal(dials, ['peer1', 'peer1'])
  await finder.stop()
})

test('nothing is sought before the start, nor from a discovery that went', async () => {
  const { clock, finder, told } = finding(12)
  const [a, b] = [teller('a', clock), teller('b', clock)]
  finder.add(a.discovery)
  await a.tells('peer1')
  assert.equal(told, [])
  finder.start()
  await settled()
  assert.equal(told, ['peer1 by a'])
  finder.add(b.discovery)
  await finder.remove(a.discovery)
  await a.tells('peer2')
  await b.tells('peer3')
  assert.equal(told, ['peer1 by a', 'peer3 by b'])
  await finder.stop()
})

test.run()
