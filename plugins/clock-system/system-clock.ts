import type { Scope } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'

/**
 * Sleepers are woken with an error when the plugin stops, so that none is left behind. Until then they are the clock's, and sleep on when
 * the plugin whose call put them to bed is switched off: it is not always the one that sleeps.
 */
export function createSystemClock({ signal: stopped, asOwner }: Pick<Scope, 'signal' | 'asOwner'>): Clock {
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
        const timer = asOwner(() =>
          setTimeout(() => {
            given.removeEventListener('abort', wake)
            resolve()
          }, ms),
        )
        given.addEventListener('abort', wake, { once: true })
      }),
  }
}
