import { definePlugin, settings } from '@palabre/sdk'
import { Transport } from '@palabre/sdk/contract/transport'
import { loadQuic } from './load-quic.ts'

export const plugin = definePlugin({
  provides: { transport: Transport },
  config: settings<{ listen: readonly string[]; patience: number }>(),
  async start(_needs, scope) {
    const { listen, patience } = scope.config
    const { quicBy } = await loadQuic(() => import('./quic-transport.ts'))
    return { transport: { name: 'quic', create: quicBy(patience), listen, makes: 'direct', rank: 10 } }
  },
})
