import type { Timers } from './timers.ts'

/** A time limit that stands still while a person is asked. */
export interface Patience {
  /** Settles as `work` does, or rejects with `late()` when the time is used up; no timer is left behind. */
  within<T>(work: Promise<T>, late: () => Error): Promise<T>
  /** Passes `work` through, and holds the limit until it has settled. */
  unhurried<T>(work: Promise<T>): Promise<T>
}

export interface PatienceOptions {
  readonly timers: Timers
  readonly ms: number
  /** The limit stands still from now on, or runs again. */
  onHold(still: boolean): void
}

export function createPatience({ timers, ms, onHold }: PatienceOptions): Patience {
  let left = ms
  let asked = 0
  let expire: (() => void) | undefined
  let running: { readonly timer: unknown; readonly since: number } | undefined

  const run = (onExpire: () => void) => {
    running = { timer: timers.setTimeout(onExpire, left), since: timers.monotonic() }
  }
  const halt = () => {
    if (running === undefined) return
    timers.clearTimeout(running.timer)
    left -= timers.monotonic() - running.since
    running = undefined
  }

  return {
    async within(work, late) {
      const limit = new Promise<never>((_, reject) => {
        expire = () => reject(late())
      })
      if (asked === 0) run(expire!)
      else onHold(true)
      try {
        return await Promise.race([work, limit])
      } finally {
        halt()
        expire = undefined
      }
    },
    async unhurried(work) {
      if (asked++ === 0 && expire !== undefined) {
        halt()
        onHold(true)
      }
      try {
        return await work
      } finally {
        if (--asked === 0 && expire !== undefined) {
          onHold(false)
          run(expire)
        }
      }
    },
  }
}
