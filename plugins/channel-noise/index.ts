import { definePlugin } from '@palabre/sdk'
import { Channel } from '@palabre/sdk/contract/channel'

export const plugin = definePlugin({
  provides: { channel: Channel },
  async start() {
    const { noise } = await import('@libp2p/noise')
    return { channel: { name: 'noise', create: noise(), rank: 10 } }
  },
})
