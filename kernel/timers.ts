/** The kernel's own sense of time. Tests hand it one that stands still; hosts leave it out. */
export interface Timers {
  /** Milliseconds since 1970. */
  now(): number
  /** Milliseconds, never going back. */
  monotonic(): number
  setTimeout(fn: () => void, ms: number): unknown
  clearTimeout(timer: unknown): void
}

export const realTimers: Timers = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimeout: (fn, ms) => setTimeout(fn, ms),
  clearTimeout: (timer) => clearTimeout(timer as never),
}

/** Settles as `work` does, or rejects with `late()` after `ms`; no timer is left behind. */
export async function within<T>(timers: Timers, ms: number, work: Promise<T>, late: () => Error): Promise<T> {
  let timer: unknown
  const limit = new Promise<never>((_, reject) => {
    timer = timers.setTimeout(() => reject(late()), ms)
  })
  try {
    return await Promise.race([work, limit])
  } finally {
    timers.clearTimeout(timer)
  }
}
