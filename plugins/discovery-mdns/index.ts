import { definePlugin, settings } from '@palabre/sdk'
import { Discovery } from '@palabre/sdk/contract/discovery'

export const plugin = definePlugin({
  provides: { discovery: Discovery },
  config: settings<{ announce: boolean; every: number }>(),
  async start(_needs, { config, log }) {
    // Imported here, so that reading what plugins there are costs nothing.
    const { localNetwork } = await import('./local-network.ts')
    return { discovery: localNetwork({ announce: config.announce, every: config.every * 1000, log }) }
  },
})
