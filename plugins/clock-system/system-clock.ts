import type { Scope } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'

/**
 * Sleepers are woken with an error when the plugin stops, so that none is left behind. Until then they are the clock's, and sleep on when
 * the plugin whose call put them to bed is switched off: it is not always the one that sleeps.
 */
export function createSystemClock({ signal: stopped, asOwner }: Pick<Scope, 'signal' | 'asOwner'>): Clock {
  const asleep = new Set<(reason: unknown) => void>()
  stopped.addEventListener('abort', () => [...asleep].forEach((wake) => wake(stopped.reason)), { once: true })
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    // No signal is composed of the two, which would be kept until the garbage collector has run: links sleep many times a second.
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        stopped.throwIfAborted()
        signal?.throwIfAborted()
        const rise = () => {
          clearTimeout(timer)
          asleep.delete(wake)
          signal?.removeEventListener('abort', quit)
        }
        const wake = (reason: unknown) => {
          rise()
          reject(reason as Error)
        }
        const quit = () => wake(signal!.reason)
        const done = () => {
          rise()
          resolve()
        }
        const timer = asOwner(() => setTimeout(done, ms))
        asleep.add(wake)
        signal?.addEventListener('abort', quit)
      }),
  }
}
