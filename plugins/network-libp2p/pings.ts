import type { Clock } from '@palabre/sdk/contract/clock'

/** Round trips under way. A lost stream does not lose them: they are asked again on the next. */
export interface Pings {
  ping(signal: AbortSignal | undefined): Promise<number>
  answered(payload: Uint8Array): void
  /** Asks again, on a new stream. */
  again(): void
  end(reason: unknown): void
  /** A ping whose answer nobody waits for: that something comes back is enough. */
  readonly probe: Uint8Array
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
      const one = payload.length === 4 ? waiting.get(decodeId(payload)) : undefined
      one?.resolve(clock.monotonic() - one.sent)
    },
    again() {
      for (const [id, one] of waiting) ask(id, one)
    },
    end(reason) {
      ended = { reason }
      for (const one of waiting.values()) one.reject(reason)
    },
    probe: encodeId(0),
  }
}

function encodeId(id: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, id)
  return bytes
}

function decodeId(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0)
}
