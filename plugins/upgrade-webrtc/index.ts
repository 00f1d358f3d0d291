import { definePlugin } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { Upgrade } from '@palabre/sdk/contract/upgrade'
import { webrtcUpgrade } from './webrtc-upgrade.ts'

export const plugin = definePlugin({
  needs: { clock: Clock },
  provides: { upgrade: Upgrade },
  start: ({ clock }) => ({ upgrade: { name: 'webrtc', rank: 20, create: () => webrtcUpgrade(clock) } }),
})
