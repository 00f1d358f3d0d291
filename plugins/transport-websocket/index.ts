import { webSockets } from '@libp2p/websockets'
import { definePlugin, settings } from '@palabre/sdk'
import { Transport } from '@palabre/sdk/contract/transport'

export const plugin = definePlugin({
  provides: { transport: Transport },
  config: settings<{ listen: readonly string[] }>(),
  start: (_needs, scope) => ({
    transport: {
      name: 'websocket',
      create: webSockets(),
      listen: scope.host === 'web' ? [] : scope.config.listen,
      makes: 'direct',
      rank: 40,
    },
  }),
})
