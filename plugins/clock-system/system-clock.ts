import type { Clock } from '@palabre/sdk/contract/clock'

/** Sleepers are woken with an error when the plugin stops, so that none is left behind. */
export function createSystemClock(stopped: AbortSignal): Clock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const given = signal === undefined ? stopped : AbortSignal.any([signal, stopped])
        given.throwIfAborted()
        const wake = () => {
          clearTimeout(timer)
          reject(given.reason)
        }
        const timer = setTimeout(() => {
          given.removeEventListener('abort', wake)
          resolve()
        }, ms)
        given.addEventListener('abort', wake, { once: true })
      }),
  }
}
