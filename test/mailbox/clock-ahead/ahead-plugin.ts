import { definePlugin, settings } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { createAheadClock } from './ahead-clock.ts'

export const plugin = definePlugin({
  provides: { clock: Clock },
  config: settings<{ hours: number }>(),
  start: (_needs, scope) => ({ clock: createAheadClock(() => scope.config.hours, scope.signal) }),
})
