import { definePlugin, settings } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { Ice, type IceConfig } from '@palabre/sdk/contract/ice'
import { Resolver } from '@palabre/sdk/contract/resolver'
import { Transport } from '@palabre/sdk/contract/transport'
import { pathAt } from './far-end.ts'

export const plugin = definePlugin({
  needs: { clock: Clock, resolvers: Resolver },
  provides: { transport: Transport, ice: Ice },
  config: settings<IceConfig>(),
  async start({ clock, resolvers }, { config, host, log }) {
    // Imported here, so that reading what plugins there are costs nothing.
    const [{ webrtcTransport }, { iceByHand }, { iceServers }, { firstAddress }, { PeerConnection }] = await Promise.all([
      import('./webrtc-transport.ts'),
      import('./ice-by-hand.ts'),
      import('./ice-servers.ts'),
      import('./first-address.ts'),
      import('#peer-connection'),
    ])
    // A page asks its browser; Node's library would ask the operating system.
    const asksSystem = host !== 'web'
    const create = webrtcTransport({ config, clock, log, asksSystem })
    const resolve = asksSystem ? (name: string) => firstAddress(name, [...resolvers]) : undefined
    const makePeer = async () => new PeerConnection({ iceServers: await iceServers(config, resolve) })
    return {
      transport: { name: 'webrtc', create, listen: ['/webrtc'], makes: pathAt, rank: 30 },
      ice: iceByHand(config, makePeer, clock),
    }
  },
})
