import { messageOf } from '@palabre/sdk'
import type { Log } from '@palabre/sdk/contract/log'
import type { Nat } from '@palabre/sdk/contract/nat'
import { readAddresses } from './addresses.ts'
import { limits } from './limits.ts'

/** The helpers that map ports at a router, and the addresses they gained. */
export interface Mapper {
  /** Begins at once. Resolves, on the way out, when its mappings were given back. */
  add(nat: Nat): () => Promise<void>
  /** Multiaddrs without a peer id. */
  addresses(): readonly string[]
  /** What we listen on has changed. */
  listeningChanged(): void
  stop(): Promise<void>
}

export interface MapperSources {
  readonly log: Log
  readonly signal: AbortSignal
  listening(): readonly string[]
  /** What was gained has changed. */
  onChange(): void
}

export function createMapper({ log, signal, listening, onChange }: MapperSources): Mapper {
  const running = new Map<Nat, { stop: AbortController; over: Promise<void> }>()
  const gained = new Map<Nat, readonly string[]>()
  const watchers = new Set<() => void>()

  async function follow(nat: Nat, signal: AbortSignal): Promise<void> {
    const watch = (fn: () => void) => {
      watchers.add(fn)
      return { [Symbol.dispose]: () => void watchers.delete(fn) }
    }
    try {
      for await (const addresses of nat.map({ listening, watch, signal })) {
        if (signal.aborted) continue
        gained.set(nat, readAddresses(addresses).slice(0, limits.addressesPerPeer))
        onChange()
      }
    } catch (error) {
      if (!signal.aborted) log.warn('a helper that maps ports failed', { nat: nat.name, reason: messageOf(error) })
    }
    if (gained.delete(nat)) onChange()
  }

  const end = async (nat: Nat) => {
    const one = running.get(nat)
    running.delete(nat)
    one?.stop.abort()
    await one?.over
  }

  return {
    add(nat) {
      const stop = new AbortController()
      running.set(nat, { stop, over: follow(nat, AbortSignal.any([stop.signal, signal])) })
      return () => end(nat)
    },
    addresses: () => [...new Set([...gained.values()].flat())],
    listeningChanged() {
      for (const fn of watchers) fn()
    },
    async stop() {
      await Promise.all([...running.keys()].map(end))
    },
  }
}
