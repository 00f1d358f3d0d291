import type { Connection } from '@libp2p/interface'
import type { Log } from '@palabre/sdk/contract/log'
import { isPalabreError } from '@palabre/sdk'
import type { ByteStream } from '@palabre/sdk/contract/byte-stream'
import type { Channel } from '@palabre/sdk/contract/channel'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { Discovery } from '@palabre/sdk/contract/discovery'
import type { Link } from '@palabre/sdk/contract/link'
import type { KnownPeer, Network, NetworkEvent } from '@palabre/sdk/contract/network'
import type { Transport } from '@palabre/sdk/contract/transport'
import { readTarget } from './addresses.ts'
import { createBook } from './book.ts'
import { byteStreamOf } from './byte-stream.ts'
import { createDialler } from './dial.ts'
import { faults } from './faults.ts'
import { createFinder } from './found.ts'
import { close, createIdleSweep } from './idle.ts'
import { limits } from './limits.ts'
import { createLinks, isUnspoken, linkProtocol } from './links.ts'
import { startNode, stopNode, type Node } from './node.ts'
import { createParts } from './parts.ts'
import { roadOf, type Road } from './road.ts'

export interface NetworkSettings {
  readonly maxConnections: number
  readonly inboundPerSecond: number
  readonly foundLinks: number
  readonly discover: boolean
}

export interface NetworkSources {
  readonly settings: NetworkSettings
  readonly clock: Clock
  readonly log: Log
  /** Aborted when the plugin must stop. */
  readonly signal: AbortSignal
}

/** The network, and the doors through which its parts come and go. Each door's return value is the way out. */
export interface OpenNetwork {
  readonly network: Network
  transport(transport: Transport): Promise<() => Promise<void>>
  channel(channel: Channel): () => void
  discovery(discovery: Discovery): () => Promise<void>
  close(): Promise<void>
}

export async function openNetwork({ settings, clock, log, signal }: NetworkSources): Promise<OpenNetwork> {
  let node = await startNode(settings)
  const watchers = new Set<(event: NetworkEvent) => void>()
  const handlers = new Map<string, (stream: ByteStream) => void | Promise<void>>()
  const book = createBook()
  const parts = createParts(log)
  const idle = createIdleSweep()
  const dialler = createDialler({ clock, parts, book, maxConnections: settings.maxConnections, node: () => node })

  const emit = (event: NetworkEvent) => {
    for (const fn of watchers) {
      try {
        fn(event)
      } catch (error) {
        log.error('somebody who watches the network threw', { reason: String(error) })
      }
    }
    if (event.kind === 'link-closed') finder.retry()
  }

  const leaving = new WeakSet<Connection>()
  const letGo = (connection: Connection) => {
    leaving.add(connection)
    return close(connection)
  }

  const road = (connection: Connection) => roadOf(connection, parts.transportFor(connection.remoteAddr.toString()))
  const connectionsTo = (peer: string) =>
    node.libp2p.getConnections().filter((one) => one.status === 'open' && !leaving.has(one) && one.remotePeer.toString() === peer)
  const roadsTo = (peer: string): Road[] => connectionsTo(peer).map(road).toSorted((a, b) => a.order - b.order)

  const links = createLinks({
    clock,
    log,
    signal,
    self: () => node.self,
    roadsTo,
    connect: async (peer, signal) => road(await dialler.connect(peer, [], signal)),
    canReach: dialler.canReach,
    emit,
    release: async (peer) => void (await Promise.all(connectionsTo(peer).filter(servesLinksOnly).map(letGo))),
  })

  const dials = new Map<string, Promise<Link>>()

  async function dial(said: string | readonly string[], signals: AbortSignal): Promise<Link> {
    const { peer, addresses } = readTarget(said)
    if (peer === node.self) throw faults.ourselves()
    const there = peer === undefined ? undefined : links.to(peer)
    if (there !== undefined) return there
    const key = peer ?? addresses.join(' ')
    const running = dials.get(key) ?? begin(key, peer, addresses)
    return waitFor(running, signals)
  }

  /** Goes on for the others when one of those who wait gives up; ends by its own limit. */
  function begin(key: string, peer: string | undefined, addresses: readonly string[]): Promise<Link> {
    const running = reach(peer, addresses, signal).finally(() => dials.delete(key))
    running.catch(() => undefined)
    dials.set(key, running)
    return running
  }

  async function reach(peer: string | undefined, addresses: readonly string[], signal: AbortSignal): Promise<Link> {
    const there = peer === undefined ? undefined : roadsTo(peer)[0]
    const open = (on: Road) => links.open(on, AbortSignal.any([signal, AbortSignal.timeout(limits.handshake)]))
    if (there !== undefined) {
      try {
        return await open(there)
      } catch (error) {
        // The other side was closing it at that moment.
        if (there.connection.status === 'open') throw error
      }
    }
    return open(road(await dialler.connect(peer, addresses, signal)))
  }

  const finder = createFinder({
    clock,
    log,
    book,
    wanted: settings.foundLinks,
    signal,
    self: () => node.self,
    addresses: () => addresses(),
    linkCount: () => links.all().length,
    isLinked: (peer) => links.to(peer) !== undefined,
    dial: (peer, signal) => dial(peer, signal),
    tell: (peer, addresses, by) => emit({ kind: 'peer-found', peer, addresses, by }),
  })

  const addresses = (): string[] => node.libp2p.getMultiaddrs().map((one) => one.toString())
  let told = ''
  const tellAddresses = () => {
    const now = addresses()
    if (told === now.join(' ')) return
    told = now.join(' ')
    emit({ kind: 'addresses-changed', self: node.self, addresses: now })
  }

  async function furnish(fresh: Node): Promise<void> {
    const { libp2p } = fresh
    libp2p.addEventListener('connection:open', ({ detail }) => links.offer(road(detail)))
    libp2p.addEventListener('self:peer:update', tellAddresses)
    await libp2p.handle(linkProtocol, (stream, connection) => void links.answer(stream, road(connection)), {
      maxInboundStreams: 4,
      runOnLimitedConnection: true,
    })
    for (const [name, handler] of handlers) await answer(fresh, name, handler)
    await parts.furnish(fresh)
  }

  async function answer(on: Node, name: string, handler: (stream: ByteStream) => void | Promise<void>): Promise<void> {
    await on.libp2p.handle(
      name,
      (stream, connection) => {
        const bytes = byteStreamOf(stream, connection.remotePeer.toString())
        void Promise.try(handler, bytes).catch((error: unknown) => {
          log.warn('a stream was lost by its handler', { protocol: name, reason: String(error) })
          bytes.abort()
        })
      },
      { maxInboundStreams: limits.streamsPerProtocol, runOnLimitedConnection: true },
    )
  }

  /** Transports on their way in or out. */
  const moving = new Set<Promise<void>>()
  const move = (step: () => Promise<void>): Promise<void> => {
    const tracked = step().finally(() => moving.delete(tracked))
    moving.add(tracked)
    return tracked
  }
  const settled = async () => {
    while (moving.size > 0) await Promise.allSettled(moving)
  }

  await furnish(node)
  const minding = mind().catch(() => undefined)

  async function mind(): Promise<void> {
    while (!signal.aborted) {
      await clock.sleep(limits.quietWhileSending, signal)
      links.mind()
      idle.sweep(node.libp2p.getConnections(), clock.monotonic())
    }
  }

  const network: Network = {
    get self() {
      return node.self
    },
    async rotate() {
      await links.closeAll()
      await stopNode(node)
      await parts.clear()
      node = await startNode(settings)
      book.clear()
      await furnish(node)
      await finder.restart()
      tellAddresses()
      return node.self
    },
    addresses,
    ready: settled,
    dial: (target, { signal: given } = {}) => dial(target, given === undefined ? signal : AbortSignal.any([given, signal])),
    links: links.all,
    async open(peer, protocol, { signal: given } = {}) {
      const running = given === undefined ? signal : AbortSignal.any([given, signal])
      const link = roadsTo(peer)[0] === undefined ? await dial(peer, running) : undefined
      const best = roadsTo(link?.peer ?? peer)[0]
      if (best === undefined) throw faults.unreachable(peer)
      try {
        const stream = await best.connection.newStream(protocol, {
          signal: AbortSignal.any([running, AbortSignal.timeout(limits.handshake)]),
          runOnLimitedConnection: true,
          maxOutboundStreams: limits.streamsPerProtocol,
        })
        return byteStreamOf(stream, best.connection.remotePeer.toString())
      } catch (error) {
        if (running.aborted) throw cancelled(running)
        throw isUnspoken(error) ? faults.notSpoken(protocol, error) : faults.unreachable(peer, error)
      }
    },
    protocol(name, handler) {
      if (handlers.has(name) || node.libp2p.getProtocols().includes(name)) throw faults.nameTaken(name)
      handlers.set(name, handler)
      answer(node, name, handler).catch((error: unknown) => log.error('cannot answer a protocol', { protocol: name, reason: String(error) }))
      return {
        [Symbol.dispose]() {
          if (handlers.get(name) !== handler) return
          handlers.delete(name)
          void node.libp2p.unhandle(name)
        },
      }
    },
    startDiscovery: () => finder.start(),
    peers: () => {
      const everybody = new Set([...links.all().map(({ peer }) => peer), ...book.peers()])
      return [...everybody].map((peer): KnownPeer => {
        const path = links.to(peer)?.path
        const known = { peer, addresses: book.addressesOf(peer), foundBy: book.foundBy(peer) }
        return path === undefined ? known : { ...known, path }
      })
    },
    watch(fn) {
      watchers.add(fn)
      return { [Symbol.dispose]: () => void watchers.delete(fn) }
    },
  }
  if (settings.discover) finder.start()

  return {
    network,
    async transport(transport) {
      await move(() => parts.addTransport(transport))
      tellAddresses()
      return () =>
        move(async () => {
          await links.leave(transport.name)
          const gone = node.libp2p.getConnections().filter((one) => road(one).path.transport === transport.name)
          await parts.removeTransport(transport)
          await Promise.all(gone.map(letGo))
          tellAddresses()
        })
    },
    channel(channel) {
      parts.addChannel(channel)
      return () => parts.removeChannel(channel)
    },
    discovery(discovery) {
      finder.add(discovery)
      return () => finder.remove(discovery)
    },
    async close() {
      await finder.stop()
      await links.closeAll()
      // A listener that is closed while it opens never ends doing either.
      await settled()
      await stopNode(node)
      await parts.clear()
      await minding
    },
  }
}

const servesLinksOnly = ({ streams }: Connection) => streams.every(({ protocol }) => protocol === linkProtocol)

function cancelled({ reason }: AbortSignal): unknown {
  return isPalabreError(reason) ? reason : faults.cancelled(reason)
}

/** Gives up waiting when the signal aborts; what is waited for goes on. */
function waitFor<T>(running: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(cancelled(signal))
  return new Promise((resolve, reject) => {
    const quit = () => reject(cancelled(signal))
    signal.addEventListener('abort', quit, { once: true })
    running.then(resolve, reject).finally(() => signal.removeEventListener('abort', quit))
  })
}
