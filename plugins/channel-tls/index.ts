import { tls } from '@libp2p/tls'
import { definePlugin } from '@palabre/sdk'
import { Channel } from '@palabre/sdk/contract/channel'

export const plugin = definePlugin({
  provides: { channel: Channel },
  start: () => ({ channel: { name: 'tls', create: tls(), rank: 20 } }),
})
