import { identify, identifyPush } from '@libp2p/identify'
import type {
  Connection,
  ConnectionEncrypter,
  Libp2p,
  Listener,
  PeerId,
  PrivateKey,
  StreamMiddleware,
  Transport,
} from '@libp2p/interface'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { ping } from '@libp2p/ping'
import { multiaddr, type Multiaddr } from '@multiformats/multiaddr'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { Names } from '@palabre/sdk/contract/resolver'
import { createLibp2p } from 'libp2p'
import { dnsBy } from './dns.ts'
import type { Hidden } from './hidden.ts'
import { limits } from './limits.ts'
import { quietYamux } from './muxer.ts'

/** A libp2p node made empty, and the parts of it that let transports and channels come and go while it runs. */
export interface Node {
  readonly libp2p: Libp2p
  readonly self: string
  /** What factories of the ecosystem are given. */
  readonly components: NodeComponents
  /** Tells those who are connected what has changed of us since the last time; to be called now and then. */
  tellChanges(): Promise<void>
}

interface NodeComponents {
  readonly transportManager: {
    add(transport: Transport): void
    remove(tag: string): Promise<void>
    listen(addresses: Multiaddr[]): Promise<void>
    getListeners(): Listener[]
    getAddrs(): Multiaddr[]
    dial(address: Multiaddr, options: { signal: AbortSignal }): Promise<Connection>
    dialTransportForMultiaddr(address: Multiaddr): Transport | undefined
  }
  readonly upgrader: { getConnectionEncrypters(): Map<string, ConnectionEncrypter> }
  readonly peerId: PeerId
  readonly registrar: { getMiddleware(protocol: string): StreamMiddleware[] }
  readonly addressManager: { _updatePeerStoreAddresses: (() => void) & { stop?(): void } }
}

export interface NodeOptions {
  readonly maxConnections: number
  /** New connections per second from one address. */
  readonly inboundPerSecond: number
  /** For each step of a connection's making, in milliseconds. */
  readonly handshake: number
  readonly key: PrivateKey
  /** For every name that libp2p itself looks up. */
  readonly names: Names
  /** Who must not be told where we are. */
  readonly hidden: Hidden
  /** Whether streams of this protocol would. */
  tells(protocol: string): boolean
  /** Addresses that lead to us beside those of our listeners. */
  gained(): readonly string[]
}

export async function startNode(options: NodeOptions): Promise<Node> {
  const { maxConnections, inboundPerSecond, handshake, key: privateKey, names, gained } = options
  let components: NodeComponents | undefined
  const self = peerIdFromPrivateKey(privateKey).toString()
  // The ecosystem keeps a public one to itself until others have called it; who listens there can be called there.
  const listening = () => components?.transportManager.getAddrs().map((one) => one.toString()) ?? []
  const libp2p = await createLibp2p({
    privateKey,
    dns: dnsBy(names),
    // What identify tells: nothing that sets one person's machine apart.
    nodeInfo: { name: 'palabre', version: '0', userAgent: 'palabre' },
    addresses: {
      listen: [],
      announceFilter: (own) => {
        const all = [...own.map((one) => one.toString()), ...[...listening(), ...gained()].map((one) => `${one}/p2p/${self}`)]
        return [...new Set(all)].map((one) => multiaddr(one))
      },
    },
    transports: [],
    connectionEncrypters: [],
    streamMuxers: [quietYamux()],
    connectionManager: {
      maxConnections,
      inboundConnectionThreshold: inboundPerSecond,
      // Half-open ones are cut after the handshake's time; they must not keep honest ones out until then.
      maxIncomingPendingConnections: maxConnections,
      inboundUpgradeTimeout: handshake,
      inboundStreamProtocolNegotiationTimeout: handshake,
      outboundStreamProtocolNegotiationTimeout: handshake,
      // Links look for new roads themselves.
      reconnectRetries: 0,
    },
    connectionMonitor: { enabled: false },
    // In a browser the default refuses relays of one's own: private addresses, and WebSockets without a certificate.
    connectionGater: { denyDialMultiaddr: () => false },
    services: {
      identify: identify({ runOnLimitedConnection: true }),
      // What is switched on later is told to those who are connected already.
      identifyPush: identifyPush({ runOnLimitedConnection: true }),
      ping: ping(),
      parts: (all) => {
        components = all as unknown as NodeComponents
        keepSilent(options, components)
        return {}
      },
    },
  })
  return { libp2p, self, components: components!, tellChanges: changesOf(libp2p) }
}

/** On streams of either direction. One of its own for each: libp2p adds to the list it is given. */
function keepSilent({ hidden, tells }: NodeOptions, { registrar }: NodeComponents): void {
  registrar.getMiddleware = (protocol) =>
    tells(protocol)
      ? [
          (stream, connection, next) => {
            if (hidden.has(connection.remotePeer.toString())) throw new Error('this peer must not see our address')
            next(stream, connection)
          },
        ]
      : []
}

/**
 * By itself it would wait for more changes with a timer, which belongs to whoever happened to make the change: a plugin that has a
 * protocol answered would seem to leave it behind.
 */
function changesOf(libp2p: Libp2p): () => Promise<void> {
  const { identifyPush } = libp2p.services as {
    identifyPush: { _push: (() => void) & { stop(): void }; sendPushMessage(): Promise<void> }
  }
  // It began to wait while it started.
  let due = true
  identifyPush._push.stop()
  identifyPush._push = Object.assign(() => void (due = true), { start() {}, stop() {} })
  return async () => {
    if (!due) return
    due = false
    await identifyPush.sendPushMessage()
  }
}

export async function stopNode({ libp2p, components: { addressManager } }: Node, clock: Clock): Promise<void> {
  // Each listener that closes makes it note our addresses a second later, which would keep the process alive that long.
  addressManager._updatePeerStoreAddresses.stop?.()
  addressManager._updatePeerStoreAddresses = () => undefined
  await libp2p.stop()
  await clock.sleep(limits.ebb)
}
