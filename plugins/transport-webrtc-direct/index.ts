import { webRTCDirect } from '@libp2p/webrtc'
import { definePlugin, settings } from '@palabre/sdk'
import { Transport } from '@palabre/sdk/contract/transport'

export const plugin = definePlugin({
  provides: { transport: Transport },
  config: settings<{ listen: readonly string[] }>(),
  start(_needs, { config, host }) {
    // Told explicitly: without it the library would ask four public companies for our address, which this way does not even need.
    const create = webRTCDirect({ rtcConfiguration: { iceServers: [] } })
    return { transport: { name: 'webrtc-direct', create, listen: host === 'web' ? [] : config.listen, makes: 'direct', rank: 35 } }
  },
})
