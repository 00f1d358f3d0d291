import { definePlugin, settings } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { Transport } from '@palabre/sdk/contract/transport'
import type { RelaySettings } from './relay-settings.ts'

export const plugin = definePlugin({
  needs: { clock: Clock },
  provides: { transport: Transport },
  config: settings<RelaySettings>(),
  async start({ clock }, { config, log }) {
    // Imported here, so that reading what plugins there are costs nothing.
    const { relayTransport } = await import('./relay-transport.ts')
    const isGuest = config.relays.length > 0 || config.discover
    const create = relayTransport({ settings: config, clock, log })
    return { transport: { name: 'relay', create, listen: isGuest ? ['/p2p-circuit'] : [], makes: 'relayed', rank: 60 } }
  },
})
