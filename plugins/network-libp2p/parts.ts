import type { Log } from '@palabre/sdk/contract/log'
import { messageOf } from '@palabre/sdk'
import type { Channel } from '@palabre/sdk/contract/channel'
import type { Names } from '@palabre/sdk/contract/resolver'
import type { Transport } from '@palabre/sdk/contract/transport'
import { start, stop, type Transport as Libp2pTransport } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import type { KeptPorts } from './kept-ports.ts'
import type { Node } from './node.ts'

/** Which transports and channels the node has now. They come and go while it runs, and move to the next node when it is replaced. */
export interface Parts {
  addTransport(transport: Transport): Promise<void>
  /** Its listeners close; the caller closes what runs through it. */
  removeTransport(transport: Transport): Promise<void>
  addChannel(channel: Channel): void
  removeChannel(channel: Channel): void
  /** Puts everything into a node that has just started. */
  furnish(node: Node): Promise<void>
  /** The node is about to go, or has gone. */
  clear(): Promise<void>
  transportFor(address: string): Transport | undefined
  readonly transports: readonly Transport[]
}

export function createParts(log: Log, names: Names, ports: KeptPorts): Parts {
  const transports: Transport[] = []
  const channels: Channel[] = []
  let node: Node | undefined
  /** What the ecosystem made of each, for the node of now. */
  const made = new Map<Transport, Libp2pTransport>()

  const plug = async (to: Node, transport: Transport) => {
    const one = transport.create(to.components, names)
    made.set(transport, one)
    to.components.transportManager.add(one)
    await start(one)
    for (const address of transport.listen) await listen(to, transport, address)
  }

  const listen = async (to: Node, { name }: Transport, address: string) => {
    const { transportManager } = to.components
    const others = new Set(transportManager.getListeners())
    const before = ports.before(name, address)
    try {
      await attempt(before ?? address).catch((error: unknown) => {
        // Somebody else has that port now.
        if (before === undefined) throw error
        return attempt(address)
      })
      const fresh = transportManager.getListeners().filter((one) => !others.has(one))
      await ports.keep(
        name,
        address,
        fresh.flatMap((one) => one.getAddrs().map((at) => at.toString())),
      )
    } catch (error) {
      log.warn('cannot listen', { transport: name, address, reason: whyNotListening(error) })
    }

    async function attempt(at: string): Promise<void> {
      await transportManager.listen([multiaddr(at)])
    }
  }

  /** The order of the map is the order in which they are offered. */
  const offerChannels = () => {
    const offered = node?.components.upgrader.getConnectionEncrypters()
    if (offered === undefined) return
    const encrypters = channels.toSorted((a, b) => a.rank - b.rank).map(({ create }) => create(node!.components, names))
    offered.clear()
    for (const one of encrypters) offered.set(one.protocol, one)
  }

  return {
    async addTransport(transport) {
      transports.push(transport)
      if (node !== undefined) await plug(node, transport)
    },
    async removeTransport(transport) {
      transports.splice(transports.indexOf(transport), 1)
      const one = made.get(transport)
      made.delete(transport)
      if (one === undefined) return
      await node?.components.transportManager.remove(one[Symbol.toStringTag])
      await stop(one)
    },
    addChannel(channel) {
      channels.push(channel)
      offerChannels()
    },
    removeChannel(channel) {
      channels.splice(channels.indexOf(channel), 1)
      offerChannels()
    },
    async furnish(fresh) {
      node = fresh
      offerChannels()
      for (const transport of transports) await plug(fresh, transport)
    },
    async clear() {
      node = undefined
      const old = [...made.values()]
      made.clear()
      await stop(...old)
    },
    transportFor(address) {
      const one = node?.components.transportManager.dialTransportForMultiaddr(multiaddr(address))
      return transports.find((transport) => one !== undefined && made.get(transport) === one)
    },
    transports,
  }
}

/** The library tells of all addresses at once, with its stack and advice on its options; the system's own word is in the middle of it. */
const whyNotListening = (error: unknown) => /\b(?:listen )?E[A-Z]{4,}: [^\n]*/.exec(messageOf(error))?.[0] ?? messageOf(error)
