import { memory } from '@libp2p/memory'
import { definePlugin, settings } from '@palabre/sdk'
import { Transport } from '@palabre/sdk/contract/transport'

export const plugin = definePlugin({
  provides: { transport: Transport },
  config: settings<{ listen: readonly string[] }>(),
  start: (_needs, scope) => ({
    transport: { name: 'memory', create: memory(), listen: scope.config.listen, makes: 'direct', rank: 0 },
  }),
})
