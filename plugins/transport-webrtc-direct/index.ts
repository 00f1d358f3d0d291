import { definePlugin, settings } from '@palabre/sdk'
import { Transport } from '@palabre/sdk/contract/transport'
import { directTransport } from './direct-transport.ts'

export const plugin = definePlugin({
  provides: { transport: Transport },
  config: settings<{ listen: readonly string[] }>(),
  async start(_needs, { config, host }) {
    // Imported here, so that reading what plugins there are costs nothing.
    const [{ webRTCDirect }, { listenOnProcessPort }] = await Promise.all([
      import('@libp2p/webrtc'),
      import('#listen-on-process-port'),
    ])
    const deps = { make: webRTCDirect, onPort: listenOnProcessPort }
    return { transport: directTransport(deps, host === 'web' ? [] : config.listen) }
  },
})
