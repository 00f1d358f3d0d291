import { definePlugin, settings } from '@palabre/sdk'
import { Transport } from '@palabre/sdk/contract/transport'

export const plugin = definePlugin({
  provides: { transport: Transport },
  config: settings<{ listen: readonly string[] }>(),
  async start(_needs, scope) {
    const [{ webSocketBy }, { openSocket }] = await Promise.all([import('./websocket-transport.ts'), import('#open-socket')])
    const listen = scope.host === 'web' ? [] : scope.config.listen
    return { transport: { name: 'websocket', create: webSocketBy(openSocket), listen, makes: 'direct', rank: 40 } }
  },
})
