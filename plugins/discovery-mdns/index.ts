import { definePlugin, settings } from '@palabre/sdk'
import { Discovery } from '@palabre/sdk/contract/discovery'
import { localNetwork } from './local-network.ts'

export const plugin = definePlugin({
  provides: { discovery: Discovery },
  config: settings<{ announce: boolean; every: number }>(),
  start: (_needs, { config, log }) => ({ discovery: localNetwork({ announce: config.announce, every: config.every * 1000, log }) }),
})
