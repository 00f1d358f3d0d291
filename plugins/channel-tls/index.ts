import { definePlugin } from '@palabre/sdk'
import { Channel } from '@palabre/sdk/contract/channel'

export const plugin = definePlugin({
  provides: { channel: Channel },
  async start() {
    const { tls } = await import('@libp2p/tls')
    return { channel: { name: 'tls', create: tls(), rank: 20 } }
  },
})
