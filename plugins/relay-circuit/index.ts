import { definePlugin, settings } from '@palabre/sdk'
import { OverlayService } from '@palabre/sdk/contract/overlay-service'
import { relayServer, type RelayServerSettings } from './relay-server.ts'

export const plugin = definePlugin({
  provides: { service: OverlayService },
  config: settings<RelayServerSettings>(),
  start: (_needs, scope) => ({ service: { name: scope.id, create: relayServer(scope.config) } }),
})
