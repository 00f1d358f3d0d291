import type { Clock } from '@palabre/sdk/contract/clock'
import { setTimeout as sleep } from 'node:timers/promises'

/** The machine's clock, and so many hours more; waiting takes as long as ever. */
export function createAheadClock(hours: () => number, stopped: AbortSignal): Clock {
  return {
    now: () => Date.now() + hours() * 60 * 60 * 1000,
    monotonic: () => performance.now(),
    async sleep(ms, given) {
      const signal = given === undefined ? stopped : AbortSignal.any([given, stopped])
      await sleep(ms, undefined, { signal }).catch(() => signal.throwIfAborted())
    },
  }
}
