import type { Connection, Stream } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { plugin as noise } from '@palabre/channel-noise'
import { plugin as tcp } from '@palabre/transport-tcp'
import { createNames } from '../../plugins/network-libp2p/names.ts'
import { startNode, stopNode } from '../../plugins/network-libp2p/node.ts'
import { createParts } from '../../plugins/network-libp2p/parts.ts'

/** A node that passes every handshake and then keeps to no rule: no link, no limits, connections at will. */
export interface Attacker extends AsyncDisposable {
  readonly self: string
  connect(address: string): Promise<Connection>
}

export async function openAttacker(): Promise<Attacker> {
  const { names } = createNames()
  const node = await startNode({ maxConnections: 100_000, inboundPerSecond: 100_000, names, gained: () => [] })
  const parts = createParts({ debug() {}, info() {}, warn() {}, error() {} } as never, names)
  await parts.furnish(node)
  const scope = { config: { listen: [] } } as never
  parts.addChannel(((await noise.start({} as never, scope)) as { channel: never }).channel)
  await parts.addTransport(((await tcp.start({} as never, scope)) as { transport: never }).transport)
  return {
    self: node.self,
    connect: (address) => node.components.transportManager.dial(multiaddr(address), { signal: AbortSignal.timeout(60_000) }),
    async [Symbol.asyncDispose]() {
      await stopNode(node)
      await parts.clear()
    },
  }
}

/** What comes on a stream until it ends, however it ends; no more than a little of it. */
export async function allFrom(stream: Stream): Promise<Buffer> {
  const parts: Uint8Array[] = []
  try {
    for await (const part of stream) {
      parts.push(part instanceof Uint8Array ? part : part.subarray())
      if (parts.length > 1_000) break
    }
  } catch {
    // Reset is an end too.
  }
  return Buffer.concat(parts)
}
