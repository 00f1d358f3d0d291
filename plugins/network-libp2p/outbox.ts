import { encodeFrame, head, kinds } from './frame.ts'
import { limits } from './limits.ts'
import { createSlabs } from './slabs.ts'
import type { WindowSize } from './window-size.ts'

/**
 * Frames on their way out. Each is kept until the other program took it, so that a new stream can go on where the old one broke.
 * What waits here never exceeds the window, and so neither does what waits at the other end.
 */
export interface Outbox {
  /** Waits for room in the window, first come first served. */
  add(frame: Uint8Array, signal: AbortSignal | undefined): Promise<void>
  /** The next frame to write on the stream of now, encoded. */
  next(): Uint8Array | undefined
  /** A new stream begins: the other end has so many. False when that cannot be. */
  restart(received: number): boolean
  /** The other program took so many in all. False when it claims more than it was sent. */
  taken(count: number): boolean
  /** Resolves when everything added before was taken. */
  emptied(signal: AbortSignal | undefined): Promise<void>
  /** No more: whoever waits is told `reason`. */
  end(reason: unknown): void
  readonly added: number
  readonly waiting: number
}

interface Waiter {
  readonly cost: number
  readonly go: () => void
  readonly fail: (reason: unknown) => void
}

export const costOf = (length: number): number => length + limits.frameCost

export function createOutbox(window: WindowSize, onMore: () => void): Outbox {
  const kept: Uint8Array[] = []
  const slabs = createSlabs()
  const waiters: Waiter[] = []
  const flushers = new Set<{ until: number; go: () => void; fail: (reason: unknown) => void }>()
  let first = 0
  let cursor = 0
  let used = 0
  /** Of what is used, what was not written on the stream of now. */
  let unsent = 0
  let ended: { reason: unknown } | undefined

  const put = (frame: Uint8Array) => {
    kept.push(encodeFrame(kinds.data, frame, slabs.take(head + frame.length)))
    used += costOf(frame.length)
    unsent += costOf(frame.length)
    onMore()
  }

  const hasRoom = (cost: number) => used + cost <= window.now && (unsent === 0 || unsent + cost <= limits.unsent)

  const admit = () => {
    while (waiters[0] !== undefined && hasRoom(waiters[0].cost)) waiters.shift()!.go()
    for (const one of [...flushers]) {
      if (first < one.until) continue
      flushers.delete(one)
      one.go()
    }
  }

  return {
    async add(frame, signal) {
      signal?.throwIfAborted()
      if (ended !== undefined) throw ended.reason
      const cost = costOf(frame.length)
      if (waiters.length > 0 || !hasRoom(cost)) {
        await waitIn(signal, (go, fail) => {
          const waiter = { cost, go: () => (put(frame), go()), fail }
          waiters.push(waiter)
          return () => {
            waiters.splice(waiters.indexOf(waiter), 1)
            admit()
          }
        })
      } else put(frame)
    },
    next() {
      const frame = kept[cursor - first]
      if (frame === undefined) return undefined
      cursor++
      window.wrote(cursor, used)
      unsent -= costOf(frame.length - head)
      admit()
      return frame
    },
    restart(received) {
      if (received < first || received > first + kept.length) return false
      cursor = received
      window.restart()
      unsent = kept.slice(cursor - first).reduce((sum, bytes) => sum + costOf(bytes.length - head), 0)
      return true
    },
    taken(count) {
      if (count < first || count > cursor) return false
      for (const bytes of kept.splice(0, count - first)) {
        used -= costOf(bytes.length - head)
        slabs.giveBack(bytes)
      }
      first = count
      window.taken(count)
      admit()
      return true
    },
    async emptied(signal) {
      signal?.throwIfAborted()
      if (ended !== undefined) throw ended.reason
      const until = first + kept.length + waiters.length
      if (first >= until) return
      await waitIn(signal, (go, fail) => {
        const one = { until, go, fail }
        flushers.add(one)
        return () => void flushers.delete(one)
      })
    },
    end(reason) {
      ended = { reason }
      for (const one of waiters.splice(0)) one.fail(reason)
      for (const one of flushers) one.fail(reason)
      flushers.clear()
    },
    get added() {
      return first + kept.length
    },
    get waiting() {
      return kept.length
    },
  }
}

/** A place in a row that is left when the signal aborts. */
function waitIn(
  signal: AbortSignal | undefined,
  enter: (go: () => void, fail: (reason: unknown) => void) => () => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const quit = () => {
      leave()
      reject(signal!.reason)
    }
    const done = <A extends unknown[]>(settle: (...args: A) => void) => {
      return (...args: A) => {
        signal?.removeEventListener('abort', quit)
        settle(...args)
      }
    }
    const leave = enter(done(resolve), done(reject))
    signal?.addEventListener('abort', quit, { once: true })
  })
}
