import { mdns, type MulticastDNSComponents } from '@libp2p/mdns'
import { multiaddr } from '@multiformats/multiaddr'
import type { Discovery } from '@palabre/sdk/contract/discovery'
import type { Log } from '@palabre/sdk/contract/log'
import { peersTold, type PeerTeller } from './peers-told.ts'

export interface LocalNetworkOptions {
  readonly announce: boolean
  readonly every: number
  readonly log: Log
}

/** A service of our own, so that we neither find nor trouble other users of libp2p next door. */
const service = '_palabre._udp.local'

/** Asks and answers by multicast DNS, through the ecosystem's own implementation. */
export function localNetwork({ announce, every, log }: LocalNetworkOptions): Discovery {
  return {
    name: 'mdns',
    find({ addresses, signal }) {
      const components = {
        addressManager: { getAddresses: () => addresses().map((address) => multiaddr(address)) },
        logger: { forComponent: () => quiet(log) },
      }
      const options = { serviceTag: service, interval: every, broadcast: announce }
      return peersTold(mdns(options)(components as unknown as MulticastDNSComponents) as unknown as PeerTeller, signal)
    },
  }
}

/** The ecosystem's logger: its errors are worth a line, the rest is not. */
function quiet(log: Log) {
  const say = Object.assign(() => undefined, {
    error: (message: unknown, reason: unknown) => log.debug('mdns', { message: String(message), reason: String(reason) }),
    trace: () => undefined,
    enabled: false,
    newScope: () => say,
  })
  return say
}
