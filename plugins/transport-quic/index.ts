import { definePlugin, settings } from '@palabre/sdk'
import { Transport } from '@palabre/sdk/contract/transport'
import { loadQuic } from './load-quic.ts'

export const plugin = definePlugin({
  provides: { transport: Transport },
  config: settings<{ listen: readonly string[] }>(),
  async start(_needs, scope) {
    const { createQuic } = await loadQuic(() => import('./quic-transport.ts'))
    return { transport: { name: 'quic', create: createQuic, listen: scope.config.listen, makes: 'direct', rank: 10 } }
  },
})
