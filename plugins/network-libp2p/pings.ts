import type { Clock } from '@palabre/sdk/contract/clock'
import { roundTripsKept, type RoundTrip } from '@palabre/sdk/contract/link'
import { readWhole, writeWhole } from './big-endian.ts'

/** Round trips under way. A lost stream does not lose them: they are asked again on the next. */
export interface Pings {
  ping(signal: AbortSignal | undefined): Promise<number>
  answered(payload: Uint8Array): void
  /** Asks again, on a new stream. */
  again(): void
  end(reason: unknown): void
  /** A ping whose answer nobody waits for: that something comes back is enough. */
  probe(): void
  /** What the last ones came to, the oldest first. */
  readonly measured: readonly RoundTrip[]
}

interface Waiting {
  sent: number
  resolve(ms: number): void
  reject(reason: unknown): void
}

export function createPings(clock: Clock, post: (payload: Uint8Array) => void): Pings {
  const waiting = new Map<number, Waiting>()
  let count = 0
  let ended: { reason: unknown } | undefined
  let probed: number | undefined
  let measured: readonly RoundTrip[] = []

  const note = (sent: number): number => {
    const ms = clock.monotonic() - sent
    measured = [...measured.slice(1 - roundTripsKept), { at: clock.now(), ms }]
    return ms
  }

  const ask = (id: number, one: Waiting) => {
    one.sent = clock.monotonic()
    post(encodeId(id))
  }

  return {
    ping: (signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted === true) return reject(signal.reason)
        if (ended !== undefined) return reject(ended.reason)
        const id = (count = (count + 1) % 0xffff_ffff) + 1
        const quit = () => {
          waiting.delete(id)
          reject(signal!.reason)
        }
        const leave = <T>(settle: (value: T) => void) => {
          return (value: T) => {
            waiting.delete(id)
            signal?.removeEventListener('abort', quit)
            settle(value)
          }
        }
        const one: Waiting = { sent: 0, resolve: leave(resolve), reject: leave(reject) }
        waiting.set(id, one)
        signal?.addEventListener('abort', quit, { once: true })
        ask(id, one)
      }),
    answered(payload) {
      if (payload.length !== 4) return
      const id = decodeId(payload)
      if (id === probeId && probed !== undefined) {
        note(probed)
        probed = undefined
      }
      const one = waiting.get(id)
      one?.resolve(note(one.sent))
    },
    again() {
      // What an old stream was asked comes no more.
      probed = undefined
      for (const [id, one] of waiting) ask(id, one)
    },
    end(reason) {
      ended = { reason }
      for (const one of waiting.values()) one.reject(reason)
    },
    probe() {
      probed ??= clock.monotonic()
      post(encodeId(probeId))
    },
    get measured() {
      return measured
    },
  }
}

/** No ping that somebody waits for has it. */
const probeId = 0

function encodeId(id: number): Uint8Array {
  const bytes = new Uint8Array(4)
  writeWhole(bytes, 0, 4, id)
  return bytes
}

function decodeId(bytes: Uint8Array): number {
  return readWhole(bytes, 0, 4)
}
