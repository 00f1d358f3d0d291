import { definePlugin, settings, type Scope } from '@palabre/sdk'
import { Channel } from '@palabre/sdk/contract/channel'
import { Clock } from '@palabre/sdk/contract/clock'
import { Discovery } from '@palabre/sdk/contract/discovery'
import { Nat } from '@palabre/sdk/contract/nat'
import { Network } from '@palabre/sdk/contract/network'
import { OverlayMemory } from '@palabre/sdk/contract/overlay-memory'
import { OverlayService } from '@palabre/sdk/contract/overlay-service'
import { Resolver } from '@palabre/sdk/contract/resolver'
import { Transport } from '@palabre/sdk/contract/transport'
import { Upgrade } from '@palabre/sdk/contract/upgrade'
import type { NetworkSettings } from './network.ts'

interface Config extends Partial<NetworkSettings> {
  readonly inboundPerSecond: number
  readonly foundLinks: number
  readonly discover: boolean
}

/**
 * What others ask of the network, and take back, is done in its name: what comes of it goes on when the one who asked is switched off.
 */
function ours(network: Network, { asOwner, signal }: Pick<Scope, 'asOwner' | 'signal'>): Network {
  const lent = (one: Disposable): Disposable => ({
    [Symbol.dispose]: () => (signal.aborted ? one[Symbol.dispose]() : asOwner(() => one[Symbol.dispose]())),
  })
  const own: Partial<Network> = {
    dial: (...args) => asOwner(() => network.dial(...args)),
    open: (...args) => asOwner(() => network.open(...args)),
    protocol: (...args) => lent(asOwner(() => network.protocol(...args))),
    hideFrom: (...args) => lent(asOwner(() => network.hideFrom(...args))),
  }
  return Object.assign(Object.create(network), own) as Network
}

export const plugin = definePlugin({
  needs: {
    clock: Clock,
    memory: OverlayMemory,
    transports: Transport,
    channels: Channel,
    discoveries: Discovery,
    upgrades: Upgrade,
    resolvers: Resolver,
    nats: Nat,
    services: OverlayService,
  },
  provides: { network: Network },
  config: settings<Config>(),
  async start({ clock, memory, transports, channels, discoveries, upgrades, resolvers, nats, services }, scope) {
    // Imported here, so that reading what plugins there are costs nothing.
    const { openNetwork } = await import('./network.ts')
    const maxConnections = scope.config.maxConnections ?? (scope.host === 'web' ? 50 : 100)
    const open = await openNetwork({
      settings: { ...scope.config, maxConnections },
      clock,
      memory,
      log: scope.log,
      signal: scope.signal,
    })
    scope.onStop(() => open.close())
    resolvers.watch((resolver) => open.resolver(resolver))
    channels.watch((channel) => open.channel(channel))
    transports.watch((transport) => open.transport(transport))
    upgrades.watch((upgrade) => open.upgrade(upgrade))
    nats.watch((nat) => open.nat(nat))
    discoveries.watch((discovery) => open.discovery(discovery))
    services.watch((service) => open.service(service))
    return { network: ours(open.network, scope) }
  },
})
