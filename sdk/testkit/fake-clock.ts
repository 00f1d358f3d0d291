import type { Clock } from '../contract/clock.ts'

/** A clock that moves only when the test says so. It is the kernel's sense of time and the plugins' `Clock` at once. */
export interface FakeClock extends Clock {
  setTimeout(fn: () => void, ms: number): unknown
  clearTimeout(timer: unknown): void
  /** Moves time on, running what comes due in order, and lets promises settle in between. */
  advance(ms: number): Promise<void>
  /** How many timers wait. */
  readonly waiting: number
}

interface Timer {
  readonly at: number
  readonly fn: () => void
}

/** 1 January 2026, so that dates look like dates. */
const start = Date.UTC(2026, 0, 1)

export function fakeClock(): FakeClock {
  const timers = new Set<Timer>()
  let elapsed = 0

  const nextDue = (until: number) => [...timers].filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0]
  const clock: FakeClock = {
    now: () => start + elapsed,
    monotonic: () => elapsed,
    setTimeout(fn, ms) {
      const timer = { at: elapsed + Math.max(0, ms), fn }
      timers.add(timer)
      return timer
    },
    clearTimeout: (timer) => void timers.delete(timer as Timer),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted()
        const wake = () => {
          clock.clearTimeout(timer)
          reject(signal?.reason)
        }
        const timer = clock.setTimeout(() => {
          signal?.removeEventListener('abort', wake)
          resolve()
        }, ms)
        signal?.addEventListener('abort', wake, { once: true })
      }),
    async advance(ms) {
      const until = elapsed + ms
      await settled()
      for (let timer = nextDue(until); timer !== undefined; timer = nextDue(until)) {
        timers.delete(timer)
        elapsed = timer.at
        timer.fn()
        await settled()
      }
      // Another `advance` may have gone further meanwhile.
      elapsed = Math.max(elapsed, until)
    },
    get waiting() {
      return timers.size
    },
  }
  return clock
}

/** Lets everything that is only a matter of promises happen. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise<void>((resolve) => nextTurn(resolve))
}

// Taken before a leak watch wraps the global one. Where there is `setImmediate`, a turn costs microseconds and not a millisecond.
const { setImmediate: nextTurn = (fn: () => void) => realSetTimeout(fn, 0) } = globalThis as {
  setImmediate?: (fn: () => void) => unknown
}
const realSetTimeout = setTimeout
