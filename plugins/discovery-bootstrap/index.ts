import { definePlugin, settings } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { Discovery } from '@palabre/sdk/contract/discovery'
import { bootstrap } from './bootstrap.ts'

export const plugin = definePlugin({
  needs: { clock: Clock },
  provides: { discovery: Discovery },
  config: settings<{ nodes: readonly string[]; every: number }>(),
  start: ({ clock }, { config }) => ({ discovery: bootstrap(config.nodes, config.every * 1000, clock) }),
})
