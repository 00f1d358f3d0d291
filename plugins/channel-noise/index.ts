import { definePlugin } from '@palabre/sdk'
import { Channel } from '@palabre/sdk/contract/channel'
import { noise } from '@libp2p/noise'

export const plugin = definePlugin({
  provides: { channel: Channel },
  start: () => ({ channel: { name: 'noise', create: noise(), rank: 10 } }),
})
