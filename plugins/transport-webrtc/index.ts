import { definePlugin, settings } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { Ice, type IceConfig } from '@palabre/sdk/contract/ice'
import { Transport } from '@palabre/sdk/contract/transport'
import { pathAt } from './far-end.ts'

export const plugin = definePlugin({
  needs: { clock: Clock },
  provides: { transport: Transport, ice: Ice },
  config: settings<IceConfig>(),
  async start({ clock }, { config, host }) {
    // Imported here, so that reading what plugins there are costs nothing.
    const [{ webrtcTransport }, { iceByHand }, { iceServers }, { PeerConnection }] = await Promise.all([
      import('./webrtc-transport.ts'),
      import('./ice-by-hand.ts'),
      import('./ice-servers.ts'),
      import('#peer-connection'),
    ])
    const create = webrtcTransport(config, clock, host !== 'web')
    const makePeer = async () => new PeerConnection({ iceServers: await iceServers(config) })
    return {
      transport: { name: 'webrtc', create, listen: ['/webrtc'], makes: pathAt, rank: 30 },
      ice: iceByHand(config, makePeer, clock),
    }
  },
})
