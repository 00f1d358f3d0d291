import type { Connection, Stream } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { plugin as noise } from '@palabre/channel-noise'
import type { Transport } from '@palabre/sdk/contract/transport'
import { createNames } from '../../plugins/network-libp2p/names.ts'
import { startNode, stopNode } from '../../plugins/network-libp2p/node.ts'
import { createParts } from '../../plugins/network-libp2p/parts.ts'

/** A libp2p node with the same parts and nothing of ours on it: no links, no limits, connections at will. */
export interface BareNode extends AsyncDisposable {
  readonly self: string
  readonly addresses: readonly string[]
  connect(address: string): Promise<Connection>
  answer(protocol: string, handler: (stream: Stream) => void): Promise<void>
}

/** Noise over one transport, named by its plugin. */
export async function openBareNode(transport = 'transport-tcp', listen: readonly string[] = []): Promise<BareNode> {
  const { names } = createNames()
  const node = await startNode({ maxConnections: 100_000, inboundPerSecond: 100_000, names, gained: () => [] })
  const parts = createParts({ debug() {}, info() {}, warn() {}, error() {} } as never, names)
  await parts.furnish(node)
  const { plugin } = (await import(`@palabre/${transport}`)) as { plugin: typeof noise }
  const made = async (one: typeof noise) => (await one.start({} as never, { config: { listen }, host: 'cli' } as never)) as object
  parts.addChannel(((await made(noise)) as { channel: never }).channel)
  await parts.addTransport(((await made(plugin)) as { transport: Transport }).transport)
  return {
    self: node.self,
    addresses: node.libp2p.getMultiaddrs().map((one) => one.toString()),
    connect: (address) => node.components.transportManager.dial(multiaddr(address), { signal: AbortSignal.timeout(60_000) }),
    answer: (protocol, handler) => node.libp2p.handle(protocol, handler),
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
