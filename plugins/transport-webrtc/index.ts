import { definePlugin, settings } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import type { IceConfig } from '@palabre/sdk/contract/ice'
import { Transport } from '@palabre/sdk/contract/transport'
import { pathAt, webrtcTransport } from './webrtc-transport.ts'

export const plugin = definePlugin({
  needs: { clock: Clock },
  provides: { transport: Transport },
  config: settings<IceConfig>(),
  start({ clock }, { config, host }) {
    const create = webrtcTransport(config, clock, host !== 'web')
    return { transport: { name: 'webrtc', create, listen: ['/webrtc'], makes: pathAt, rank: 30 } }
  },
})
