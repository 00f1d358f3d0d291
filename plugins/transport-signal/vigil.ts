import { messageOf, toHex } from '@palabre/sdk'
import type { Log } from '@palabre/sdk/contract/log'
import type { Names } from '@palabre/sdk/contract/resolver'
import type { Meeting, Signal } from '@palabre/sdk/contract/signal'
import type { Audiences } from './audiences.ts'

/** Waits for exactly those who are expected, by every signal that is on, while somebody listens. */
export interface Vigil {
  /** From now on whoever comes is handed over; until disposed. */
  listen(names: Names, came: (meeting: Meeting, place: string) => void): Disposable
  /** Somebody is expected, or no longer; a signal came or went. */
  look(): void
}

interface Listener {
  readonly names: Names
  came(meeting: Meeting, place: string): void
}

export function createVigil(audiences: Audiences, signals: Iterable<Signal>, log: Log): Vigil {
  let listener: Listener | undefined
  let looking: Promise<void> | undefined
  let again = false
  /** For each signal and secret. */
  const waits = new Map<Signal, Map<string, Disposable>>()

  async function align(): Promise<void> {
    const expected = listener === undefined ? [] : await audiences.expected()
    const now = listener
    const wanted = new Map((now === undefined ? [] : expected).map((secret) => [toHex(secret), secret]))
    const all = new Set(now === undefined ? [] : signals)
    for (const [signal, mine] of waits) {
      for (const [key, one] of mine) {
        if (all.has(signal) && wanted.has(key)) continue
        mine.delete(key)
        one[Symbol.dispose]()
      }
      if (!all.has(signal)) waits.delete(signal)
    }
    for (const signal of all) {
      const mine = waits.get(signal) ?? new Map<string, Disposable>()
      waits.set(signal, mine)
      for (const [key, secret] of wanted) {
        if (mine.has(key)) continue
        const came = (meeting: Meeting) => (listener === undefined ? meeting.close() : listener.came(meeting, signal.places[0]!))
        mine.set(key, signal.wait(secret, came, { names: now!.names }))
      }
    }
  }

  const look = () => {
    again = true
    looking ??= (async () => {
      while (again) {
        again = false
        await align().catch((error: unknown) => log.error('nobody is waited for', { reason: messageOf(error) }))
      }
      looking = undefined
    })()
  }

  return {
    listen(names, came) {
      const one = { names, came }
      listener = one
      look()
      return {
        [Symbol.dispose]() {
          if (listener === one) listener = undefined
          look()
        },
      }
    },
    look,
  }
}
