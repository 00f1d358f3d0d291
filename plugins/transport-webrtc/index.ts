import { definePlugin, settings } from '@palabre/sdk'
import type { IceConfig } from '@palabre/sdk/contract/ice'
import { Transport } from '@palabre/sdk/contract/transport'
import { pathAt, webrtcTransport } from './webrtc-transport.ts'

export const plugin = definePlugin({
  provides: { transport: Transport },
  config: settings<IceConfig>(),
  start(_needs, { config, host }) {
    const create = webrtcTransport(config, host !== 'web')
    return { transport: { name: 'webrtc', create, listen: ['/webrtc'], makes: pathAt, rank: 30 } }
  },
})
