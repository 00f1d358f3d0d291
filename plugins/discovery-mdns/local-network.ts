import { mdns, type MulticastDNSComponents } from '@libp2p/mdns'
import { multiaddr } from '@multiformats/multiaddr'
import { foundBy, type Discovery } from '@palabre/sdk/contract/discovery'
import type { Log } from '@palabre/sdk/contract/log'

export interface LocalNetworkOptions {
  readonly announce: boolean
  /** Milliseconds between two questions. */
  readonly every: number
  readonly log: Log
}

/** A service of our own, so that we neither find nor trouble other users of libp2p next door. */
const service = '_palabre._udp.local'

/** Asks and answers by multicast DNS, through the ecosystem's own implementation. */
export function localNetwork({ announce, every, log }: LocalNetworkOptions): Discovery {
  return {
    name: 'mdns',
    find: (node) =>
      foundBy(node, async (tell) => {
        const components = {
          addressManager: { getAddresses: () => node.addresses().map((address) => multiaddr(address)) },
          logger: { forComponent: () => quiet(log) },
        } as unknown as MulticastDNSComponents
        const asker = mdns({ serviceTag: service, interval: every, broadcast: announce })(components) as unknown as Asker
        asker.addEventListener('peer', ({ detail: { id, multiaddrs } }) => {
          tell({ peer: id.toString(), addresses: multiaddrs.map((one) => one.toString()) })
        })
        await asker.start()
        return () => asker.stop()
      }),
  }
}

interface Asker {
  start(): Promise<void>
  stop(): Promise<void>
  addEventListener(type: 'peer', listener: (event: PeerEvent) => void): void
}

interface PeerEvent {
  readonly detail: { readonly id: { toString(): string }; readonly multiaddrs: readonly { toString(): string }[] }
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
