import { definePlugin, settings } from '@palabre/sdk'
import { OverlayService } from '@palabre/sdk/contract/overlay-service'
import type { RelayServerSettings } from './relay-server.ts'

export const plugin = definePlugin({
  provides: { service: OverlayService },
  config: settings<RelayServerSettings>(),
  async start(_needs, { id, config }) {
    // Imported here, so that reading what plugins there are costs nothing.
    const { relayServer } = await import('./relay-server.ts')
    return { service: { name: id, create: relayServer(config) } }
  },
})
