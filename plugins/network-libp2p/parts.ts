import type { Log } from '@palabre/sdk/contract/log'
import { messageOf } from '@palabre/sdk'
import type { Channel } from '@palabre/sdk/contract/channel'
import type { Transport } from '@palabre/sdk/contract/transport'
import type { Connection } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
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
  transportFor(address: string): Transport | undefined
  readonly transports: readonly Transport[]
}

export function createParts(log: Log): Parts {
  const transports: Transport[] = []
  const channels: Channel[] = []
  let node: Node | undefined
  /** By the tag the ecosystem's transport carries, which is its key there. */
  const tags = new Map<Transport, string>()

  const plug = async (to: Node, transport: Transport) => {
    const made = transport.create(to.components)
    tags.set(transport, made[Symbol.toStringTag])
    to.components.transportManager.add(made)
    for (const address of transport.listen) {
      try {
        await to.components.transportManager.listen([multiaddr(address)])
      } catch (error) {
        log.warn('cannot listen', { transport: transport.name, address, reason: messageOf(error) })
      }
    }
  }

  /** The order of the map is the order in which they are offered. */
  const offerChannels = () => {
    const offered = node?.components.upgrader.getConnectionEncrypters()
    if (offered === undefined) return
    const made = channels.toSorted((a, b) => a.rank - b.rank).map(({ create }) => create(node!.components))
    offered.clear()
    for (const one of made) offered.set(one.protocol, one)
  }

  return {
    async addTransport(transport) {
      transports.push(transport)
      if (node !== undefined) await plug(node, transport)
    },
    async removeTransport(transport) {
      transports.splice(transports.indexOf(transport), 1)
      const tag = tags.get(transport)
      tags.delete(transport)
      if (tag !== undefined) await node?.components.transportManager.remove(tag)
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
      tags.clear()
      offerChannels()
      for (const transport of transports) await plug(fresh, transport)
    },
    transportFor(address) {
      const tag = node?.components.transportManager.dialTransportForMultiaddr(multiaddr(address))?.[Symbol.toStringTag]
      return transports.find((transport) => tag !== undefined && tags.get(transport) === tag)
    },
    transports,
  }
}

/** The connections that run through a transport, to be closed when it goes. */
export function through(connections: readonly Connection[], parts: Parts, transport: Transport): Connection[] {
  return connections.filter(({ remoteAddr }) => parts.transportFor(remoteAddr.toString()) === transport)
}
