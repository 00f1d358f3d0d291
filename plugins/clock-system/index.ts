import { definePlugin } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { createSystemClock } from './system-clock.ts'

export const plugin = definePlugin({
  provides: { clock: Clock },
  start: (_needs, scope) => ({ clock: createSystemClock(scope) }),
})
