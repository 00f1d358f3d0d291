import { definePlugin, settings } from '@palabre/sdk'
import { Transport } from '@palabre/sdk/contract/transport'

export const plugin = definePlugin({
  provides: { transport: Transport },
  config: settings<{ listen: readonly string[] }>(),
  async start(_needs, scope) {
    const { memory } = await import('@libp2p/memory')
    return { transport: { name: 'memory', create: memory(), listen: scope.config.listen, makes: 'direct', rank: 0 } }
  },
})
