import { definePlugin, settings } from '@palabre/sdk'
import type { StunSettings } from './stun-server.ts'

export const plugin = definePlugin({
  config: settings<StunSettings>(),
  async start(_needs, scope) {
    const { openStunServer } = await import('./stun-server.ts')
    const server = await openStunServer(scope.config, scope.log)
    scope.onStop(() => server.close())
    scope.every(1_000, () => server.nextSecond())
  },
})
