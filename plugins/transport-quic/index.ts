import { quic } from '@chainsafe/libp2p-quic'
import { definePlugin, settings } from '@palabre/sdk'
import { Transport } from '@palabre/sdk/contract/transport'

export const plugin = definePlugin({
  provides: { transport: Transport },
  config: settings<{ listen: readonly string[] }>(),
  start: (_needs, scope) => ({
    transport: { name: 'quic', create: quic(), listen: scope.config.listen, makes: 'direct', rank: 10 },
  }),
})
