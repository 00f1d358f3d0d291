import { yamux } from '@libp2p/yamux'
import type { Connection, Stream } from '@libp2p/interface'
import { multiaddr, type Multiaddr } from '@multiformats/multiaddr'
import type { Channel } from '@palabre/sdk/contract/channel'
import type { Transport } from '@palabre/sdk/contract/transport'
import { createLibp2p } from 'libp2p'
import type { Road } from './nodes.ts'

/** A libp2p node with the same parts and nothing of ours on it: no links, no limits, connections at will. */
export interface BareNode extends AsyncDisposable {
  readonly self: string
  readonly addresses: readonly string[]
  connect(address: string): Promise<Connection>
  answer(protocol: string, handler: (stream: Stream) => void): Promise<void>
}

interface Dialler {
  dial(address: Multiaddr, options: { signal: AbortSignal }): Promise<Connection>
}

/** Noise over one transport, each from its plugin. */
export async function openBareNode(road: Road = 'tcp', listen: readonly string[] = []): Promise<BareNode> {
  const { transport } = await made<{ transport: Transport }>(await roads[road](), { listen, patience: 4_000 })
  const { channel } = await made<{ channel: Channel }>(await import('@palabre/channel-noise'), {})
  const node = await createLibp2p({
    addresses: { listen: [...listen] },
    transports: [(components) => transport.create(components, noNames)],
    connectionEncrypters: [(components) => channel.create(components, noNames)],
    streamMuxers: [yamux({ streamOptions: { maxStreamWindowSize: 2 * 1024 * 1024 } })],
    connectionManager: { maxConnections: 100_000, inboundConnectionThreshold: 100_000, reconnectRetries: 0 },
    connectionMonitor: { enabled: false },
    services: {
      // Not the manager itself: as a service it would be started twice, and listen twice.
      dialler: (components: unknown): Dialler => {
        const { transportManager } = components as { transportManager: Dialler }
        return { dial: (address, options) => transportManager.dial(address, options) }
      },
    },
  })
  return {
    self: node.peerId.toString(),
    addresses: node.getMultiaddrs().map((one) => one.toString()),
    // Past the queue of dials, which gives everybody who dials the same peer the same connection.
    connect: (address) => node.services.dialler.dial(multiaddr(address), { signal: AbortSignal.timeout(60_000) }),
    answer: (protocol, handler) => node.handle(protocol, handler),
    [Symbol.asyncDispose]: async () => node.stop(),
  }
}

const noNames = {
  addresses: () => Promise.reject(new Error('no names here')),
  texts: () => Promise.reject(new Error('no names here')),
}

const roads: Record<Road, () => Promise<{ plugin: unknown }>> = {
  tcp: () => import('@palabre/transport-tcp'),
  quic: () => import('@palabre/transport-quic'),
  websocket: () => import('@palabre/transport-websocket'),
  memory: () => import('@palabre/transport-memory'),
}

async function made<T>({ plugin }: { plugin: unknown }, config: object): Promise<T> {
  return (plugin as { start(needs: object, scope: object): T | Promise<T> }).start({ names: noNames }, { config, host: 'cli' })
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
