import { definePlugin, settings } from '@palabre/sdk'
import { Transport } from '@palabre/sdk/contract/transport'

export const plugin = definePlugin({
  provides: { transport: Transport },
  config: settings<{ listen: readonly string[] }>(),
  async start(_needs, scope) {
    const { createWebSocket } = await import('./websocket-transport.ts')
    const listen = scope.host === 'web' ? [] : scope.config.listen
    return { transport: { name: 'websocket', create: createWebSocket, listen, makes: 'direct', rank: 40 } }
  },
})
