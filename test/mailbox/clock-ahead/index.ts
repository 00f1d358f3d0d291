import { definePlugin, settings } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { setTimeout as sleep } from 'node:timers/promises'

export const plugin = definePlugin({
  provides: { clock: Clock },
  config: settings<{ hours: number }>(),
  start(_needs, scope) {
    const ahead = scope.config.hours * 60 * 60 * 1000
    const until = (given?: AbortSignal) => (given === undefined ? scope.signal : AbortSignal.any([given, scope.signal]))
    const clock: Clock = {
      now: () => Date.now() + ahead,
      monotonic: () => performance.now(),
      async sleep(ms, given) {
        const signal = until(given)
        await sleep(ms, undefined, { signal }).catch(() => signal.throwIfAborted())
      },
    }
    return { clock }
  },
})
