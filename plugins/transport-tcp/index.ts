import { definePlugin, settings } from '@palabre/sdk'
import { Transport } from '@palabre/sdk/contract/transport'
import { tcp } from '@libp2p/tcp'

export const plugin = definePlugin({
  provides: { transport: Transport },
  config: settings<{ listen: readonly string[] }>(),
  start: (_needs, scope) => ({
    transport: { name: 'tcp', create: tcp(), listen: scope.config.listen, makes: 'direct', rank: 20 },
  }),
})
