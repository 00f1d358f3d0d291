import { definePlugin, settings } from '@palabre/sdk'
import { Transport } from '@palabre/sdk/contract/transport'

export const plugin = definePlugin({
  provides: { transport: Transport },
  config: settings<{ listen: readonly string[] }>(),
  async start(_needs, scope) {
    // Imported here, so that reading what plugins there are costs nothing.
    const { createTcp } = await import('./tcp-transport.ts')
    return { transport: { name: 'tcp', create: createTcp, listen: scope.config.listen, makes: 'direct', rank: 20 } }
  },
})
