import type { Clock } from '@palabre/sdk/contract/clock'
import { decodeEvent, type PresenceEvent } from './event.ts'
import { limits } from './limits.ts'

/** `refuse`: who passed it on should have known better. `ignore`: it is not passed on, and nobody is to blame. */
type Heard = PresenceEvent | 'refuse' | 'ignore'

export interface Hearing {
  /** What to make of an event that `from` signed and `neighbour` passed on. */
  hear(neighbour: string, from: string, data: Uint8Array): Heard
  /** How many peers we remember. */
  readonly speakers: number
}

/** Remembers when each peer spoke last and how much each neighbour passes on, both bounded. */
export function createHearing(clock: Clock): Hearing {
  const lastOf = new Map<string, number>()
  const budgets = new Map<string, { left: number; at: number }>()

  const mayPassOn = (neighbour: string): boolean => {
    const now = clock.monotonic()
    const { left, at } = budgets.get(neighbour) ?? { left: limits.burst, at: now }
    const budget = Math.min(limits.burst, left + ((now - at) / 1000) * limits.eventsPerSecond)
    remember(budgets, neighbour, { left: budget >= 1 ? budget - 1 : budget, at: now }, limits.neighbours)
    return budget >= 1
  }

  return {
    hear(neighbour, from, data) {
      if (!mayPassOn(neighbour)) return 'ignore'
      const event = decodeEvent(data)
      if (event === undefined) return 'refuse'
      if (Math.abs(clock.now() - event.time) > limits.expiry) return 'ignore'
      // Said again by somebody, or out of order: what we know is newer.
      if (event.time <= (lastOf.get(from) ?? 0)) return 'ignore'
      remember(lastOf, from, event.time, limits.speakers)
      return event
    },
    get speakers() {
      return lastOf.size
    },
  }
}

/** The one that was remembered longest ago is forgotten first. */
function remember<T>(map: Map<string, T>, key: string, value: T, most: number): void {
  map.delete(key)
  map.set(key, value)
  if (map.size > most) map.delete(map.keys().next().value!)
}
