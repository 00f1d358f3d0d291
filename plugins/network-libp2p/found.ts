import type { Log } from '@palabre/sdk/contract/log'
import { messageOf } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { Discovery } from '@palabre/sdk/contract/discovery'
import { readFound } from './addresses.ts'
import type { Book } from './book.ts'
import { limits } from './limits.ts'

/** Listens to the discoveries and dials whom they find: few at a time, nobody twice, and not for ever. */
export interface Finder {
  add(discovery: Discovery): void
  /** Resolves when it has ended. */
  remove(discovery: Discovery): Promise<void>
  /** Begins, once; `self` is asked anew at every restart. */
  start(): void
  /** After the node took a new identity. */
  restart(): Promise<void>
  /** A link ended: somebody who waits may have room. */
  retry(): void
  stop(): Promise<void>
}

export interface FinderSources {
  readonly clock: Clock
  readonly log: Log
  readonly book: Book
  /** Links through discovery; others come on top. */
  readonly wanted: number
  readonly signal: AbortSignal
  self(): string
  addresses(): readonly string[]
  components(): unknown
  linkCount(): number
  isLinked(peer: string): boolean
  dial(peer: string, signal: AbortSignal): Promise<unknown>
  tell(peer: string, addresses: readonly string[], by: string): void
}

export function createFinder(sources: FinderSources): Finder {
  const { clock, log, book, signal } = sources
  const running = new Map<Discovery, { stop: AbortController; over: Promise<void> }>()
  const discoveries = new Set<Discovery>()
  const waiting = new Set<string>()
  const dialling = new Set<string>()
  const restUntil = new Map<string, number>()
  let started = false
  let gathering = false

  const run = (discovery: Discovery) => {
    const stop = new AbortController()
    const over = listen(discovery, AbortSignal.any([stop.signal, signal]))
    running.set(discovery, { stop, over })
  }

  async function listen(discovery: Discovery, signal: AbortSignal): Promise<void> {
    const self = sources.self()
    try {
      for await (const { peer, addresses } of discovery.find({
        self,
        addresses: sources.addresses,
        components: sources.components(),
        signal,
      })) {
        if (signal.aborted) return
        if (peer !== self) onFound(peer, readFound(peer, addresses), discovery.name)
      }
    } catch (error) {
      if (!signal.aborted) log.warn('a discovery failed', { discovery: discovery.name, reason: messageOf(error) })
    }
  }

  const onFound = (peer: string, addresses: string[], by: string) => {
    if (addresses.length === 0) return
    book.add(peer, addresses, by)
    sources.tell(peer, addresses, by)
    waiting.add(peer)
    if (waiting.size > limits.bookPeers) waiting.delete(waiting.keys().next().value!)
    void gather()
  }

  /** Those found at about the same time are dialled in an order of chance: otherwise a whole network dials its oldest member. */
  async function gather(): Promise<void> {
    if (gathering) return
    gathering = true
    await clock.sleep(limits.foundGather * (0.5 + Math.random()), signal).catch(() => undefined)
    gathering = false
    next()
  }

  const next = () => {
    for (const peer of shuffled(waiting)) {
      if (signal.aborted || dialling.size >= limits.foundDials) return
      if (sources.linkCount() + dialling.size >= sources.wanted) return
      waiting.delete(peer)
      if (sources.isLinked(peer) || dialling.has(peer) || (restUntil.get(peer) ?? 0) > clock.monotonic()) continue
      dialling.add(peer)
      void dial(peer)
    }
  }

  async function dial(peer: string): Promise<void> {
    try {
      await sources.dial(peer, signal)
      restUntil.delete(peer)
    } catch (error) {
      restUntil.set(peer, clock.monotonic() + limits.foundPause * (0.75 + Math.random() / 2))
      if (restUntil.size > limits.bookPeers) restUntil.delete(restUntil.keys().next().value!)
      log.debug('a found peer is out of reach', { peer, reason: messageOf(error) })
    } finally {
      dialling.delete(peer)
      next()
    }
  }

  const end = async (discovery: Discovery) => {
    const one = running.get(discovery)
    running.delete(discovery)
    one?.stop.abort()
    await one?.over
  }

  return {
    add(discovery) {
      discoveries.add(discovery)
      if (started) run(discovery)
    },
    async remove(discovery) {
      discoveries.delete(discovery)
      await end(discovery)
    },
    start() {
      if (started) return
      started = true
      for (const discovery of discoveries) run(discovery)
    },
    async restart() {
      await Promise.all([...running.keys()].map(end))
      if (started) for (const discovery of discoveries) run(discovery)
    },
    retry: next,
    async stop() {
      await Promise.all([...running.keys()].map(end))
    },
  }
}

/** Fisher and Yates. */
function shuffled<T>(items: Iterable<T>): T[] {
  const all = [...items]
  for (let last = all.length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1))
    ;[all[last], all[other]] = [all[other]!, all[last]!]
  }
  return all
}
