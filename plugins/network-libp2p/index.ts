import { definePlugin, settings } from '@palabre/sdk'
import { Channel } from '@palabre/sdk/contract/channel'
import { Clock } from '@palabre/sdk/contract/clock'
import { Discovery } from '@palabre/sdk/contract/discovery'
import { Network } from '@palabre/sdk/contract/network'
import { Transport } from '@palabre/sdk/contract/transport'
import type { NetworkSettings } from './network.ts'

interface Config extends Partial<NetworkSettings> {
  readonly inboundPerSecond: number
  readonly foundLinks: number
  readonly discover: boolean
}

export const plugin = definePlugin({
  needs: { clock: Clock, transports: Transport, channels: Channel, discoveries: Discovery },
  provides: { network: Network },
  config: settings<Config>(),
  async start({ clock, transports, channels, discoveries }, scope) {
    // Imported here, so that reading what plugins there are costs nothing.
    const { openNetwork } = await import('./network.ts')
    const maxConnections = scope.config.maxConnections ?? (scope.host === 'web' ? 50 : 100)
    const open = await openNetwork({ settings: { ...scope.config, maxConnections }, clock, log: scope.log, signal: scope.signal })
    scope.onStop(() => open.close())
    channels.watch((channel) => open.channel(channel))
    transports.watch((transport) => open.transport(transport))
    discoveries.watch((discovery) => open.discovery(discovery))
    return { network: open.network }
  },
})
