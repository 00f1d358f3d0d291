import { definePlugin } from '@palabre/sdk'
import { Channel } from '@palabre/sdk/contract/channel'
import { lateTls } from './late-tls.ts'

export const plugin = definePlugin({
  provides: { channel: Channel },
  start: () => ({ channel: { name: 'tls', create: lateTls, rank: 20 } }),
})
