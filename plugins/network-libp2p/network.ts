import type { Connection, PrivateKey, Stream } from '@libp2p/interface'
import type { Log } from '@palabre/sdk/contract/log'
import type { Channel } from '@palabre/sdk/contract/channel'
import { messageOf } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { Discovery } from '@palabre/sdk/contract/discovery'
import type { KnownPeer, Network, NetworkEvent } from '@palabre/sdk/contract/network'
import type { Nat } from '@palabre/sdk/contract/nat'
import type { OverlayService } from '@palabre/sdk/contract/overlay-service'
import type { Resolver } from '@palabre/sdk/contract/resolver'
import type { OverlayMemory } from '@palabre/sdk/contract/overlay-memory'
import type { Transport } from '@palabre/sdk/contract/transport'
import type { Upgrade } from '@palabre/sdk/contract/upgrade'
import { createBook } from './book.ts'
import { createBeside } from './beside.ts'
import { createClimber } from './climb.ts'
import { createDialler } from './dial.ts'
import { createHidden, tellsAddresses } from './hidden.ts'
import { createFinder } from './found.ts'
import { createIdleSweep } from './idle.ts'
import { limits } from './limits.ts'
import { createLinks } from './links.ts'
import { linkProtocol } from './link-stream.ts'
import { createMapper } from './mapped.ts'
import { createNames } from './names.ts'
import { openKeptPorts } from './kept-ports.ts'
import { readOwnAddresses } from './own-addresses.ts'
import { freshKey, keptKey } from './node-key.ts'
import { startNode, stopNode, type Node } from './node.ts'
import { createParts } from './parts.ts'
import { createProtocols } from './protocols.ts'
import { createSharedDial } from './shared-dial.ts'
import { createWakeWatch } from './wake.ts'
import { hidesUs } from './road.ts'
import { createServices } from './services.ts'
import { createStanding } from './standing.ts'

export interface NetworkSettings {
  readonly maxConnections: number
  readonly inboundPerSecond: number
  readonly foundLinks: number
  readonly discover: boolean
}

export interface NetworkSources {
  readonly settings: NetworkSettings
  readonly clock: Clock
  readonly memory: OverlayMemory
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
  resolver(resolver: Resolver): () => void
  nat(nat: Nat): () => Promise<void>
  upgrade(upgrade: Upgrade): Promise<() => Promise<void>>
  service(service: OverlayService): Promise<() => Promise<void>>
  close(): Promise<void>
}

export async function openNetwork({ settings, clock, memory, log, signal }: NetworkSources): Promise<OpenNetwork> {
  readOwnAddresses()
  const { names, add: addResolver } = createNames()
  const mapper = createMapper({ log, signal, listening: () => listening(node), onChange: () => announce() })
  const hidden = createHidden((peer, isHidden) => void (isHidden ? conceal(peer) : unveil(peer)))
  const start = (key: PrivateKey) =>
    startNode({
      ...settings,
      handshake: limits.handshake,
      key,
      names,
      hidden,
      tells: (protocol) => tellsAddresses(protocol) || climber.tells(protocol),
      gained: mapper.addresses,
    })
  let node = await start(await keptKey(memory))
  const watchers = new Set<(event: NetworkEvent) => void>()
  const book = createBook()
  const ports = await openKeptPorts(memory)
  const parts = createParts(log, names, ports)
  const protocols = createProtocols(log)
  const services = createServices(log)
  const idle = createIdleSweep()
  const dialler = createDialler({ clock, parts, book, names, maxConnections: settings.maxConnections, hidden, node: () => node })

  const emit = (event: NetworkEvent) => {
    for (const fn of watchers) {
      try {
        fn(event)
      } catch (error) {
        log.error('somebody who watches the network threw', { reason: String(error) })
      }
    }
    if (event.kind === 'link-closed') finder.retry()
    const changed = event.kind === 'link-opened' ? event.link.peer : event.kind === 'link-changed' ? event.peer : undefined
    const held = changed === undefined ? undefined : links.held().find(({ link }) => link.peer === changed)
    if (held !== undefined) climber.look(held)
  }

  const { roadOn, roadsTo, carriesLinks, allows, connectionsTo, letGo } = createStanding({ parts, hidden, node: () => node })

  /** The link first, so that it need not be cut; then every other connection that shows us, whoever made it. */
  async function conceal(peer: string): Promise<void> {
    await links.retreat(peer)
    await Promise.all(
      connectionsTo(peer)
        .filter((one) => !allows(roadOn(one)))
        .map(letGo),
    )
    climber.again()
  }

  /** One after the other, nearest first: the first that stands takes the link over. */
  async function unveil(peer: string): Promise<void> {
    climber.again()
    const direct = (await dialler.addressesOf(peer)).filter((address) => !hidesUs(address, parts.transportFor(address)))
    for (const address of direct) {
      if (hidden.has(peer) || links.to(peer)?.path.kind !== 'relayed') return
      const isThere = await dialler.anew(peer, address, signal).then(
        () => true,
        () => false,
      )
      if (isThere) return
    }
  }

  const links = createLinks({
    clock,
    log,
    signal,
    self: () => node.self,
    roadsTo,
    connect: async (peer, signal, closed) => roadOn(await dialler.connect(peer, [], signal, closed)),
    canReach: dialler.canReach,
    allows,
    hasCover: () => addresses().some((address) => hidesUs(address, parts.transportFor(address))),
    emit,
    letGo,
    release: async (peer) => void (await Promise.all(connectionsTo(peer).filter(servesLinksOnly).map(letGo))),
  })

  const seek = (peer: string, signal: AbortSignal) => finder.seek(peer, signal)
  const dial = createSharedDial({ links, clock, dialler, signal, self: () => node.self, seek, roadsTo, roadOn, letGo })

  const climber = createClimber({
    clock,
    log,
    names,
    signal,
    staysRelayed: hidden.has,
    relayed: () => links.held().filter(({ link }) => link.path.kind === 'relayed'),
    addressesOf: dialler.addressesOf,
    dial: dialler.anew,
  })

  const finder = createFinder({
    clock,
    log,
    book,
    wanted: settings.foundLinks,
    signal,
    self: () => node.self,
    addresses: () => addresses(),
    components: () => node.components,
    linkCount: () => links.all().length,
    isLinked: (peer) => links.to(peer) !== undefined,
    dial: (peer, signal) => dial(peer, signal),
    tell: (peer, addresses, by) => emit({ kind: 'peer-found', peer, addresses, by }),
  })

  const addresses = (): string[] => node.libp2p.getMultiaddrs().map((one) => one.toString())
  let told = ''
  /** Since links were asked. */
  let moved = false
  /** True when they were new. */
  const tellAddresses = (): boolean => {
    const now = addresses()
    if (told === now.join(' ')) return false
    moved = moved || told !== ''
    told = now.join(' ')
    emit({ kind: 'addresses-changed', self: node.self, addresses: now })
    mapper.listeningChanged()
    climber.again()
    return true
  }
  /** To those we are connected to as well. */
  const announce = () => {
    if (tellAddresses()) node.components.addressManager._updatePeerStoreAddresses()
  }

  async function furnish(fresh: Node): Promise<void> {
    const { libp2p } = fresh
    libp2p.addEventListener('connection:open', ({ detail }) => {
      if (!carriesLinks(detail)) return
      if (allows(roadOn(detail))) links.offer(roadOn(detail))
      else void letGo(detail)
    })
    libp2p.addEventListener('self:peer:update', tellAddresses)
    libp2p.addEventListener('peer:update', ({ detail: { peer, previous } }) => {
      if (previous !== undefined && peer.protocols.join(' ') !== previous.protocols.join(' ')) climber.learned(peer.id.toString())
    })
    const answer = (stream: Stream, connection: Connection) =>
      carriesLinks(connection) ? void links.answer(stream, roadOn(connection)) : stream.abort(new Error('no link runs here'))
    await libp2p.handle(linkProtocol, answer, { maxInboundStreams: limits.linkStreams, runOnLimitedConnection: true })
    await protocols.furnish(fresh)
    await parts.furnish(fresh)
    await climber.furnish(fresh)
    await services.furnish(fresh)
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
    const wakeWatch = createWakeWatch(clock)
    while (!signal.aborted) {
      await clock.sleep(limits.mind, signal)
      announce()
      // Somewhere else, or after a sleep, a road may be gone without a word.
      if (wakeWatch.slept() || moved) links.suspect()
      moved = false
      links.mind()
      node.tellChanges().catch((error: unknown) => log.debug('changes were not told', { reason: messageOf(error) }))
      await idle.sweep(node.libp2p, clock.monotonic())
    }
  }

  const network: Network = {
    get self() {
      return node.self
    },
    async rotate() {
      await links.closeAll()
      await climber.clear()
      await services.clear()
      await stopNode(node, clock)
      await parts.clear()
      await ports.forget()
      node = await start(await freshKey(memory))
      book.clear()
      await furnish(node)
      await finder.restart()
      tellAddresses()
      return node.self
    },
    addresses,
    ready: settled,
    dial: async (target, { signal: given } = {}) => dial(target, given === undefined ? signal : AbortSignal.any([given, signal])),
    links: links.all,
    open: createBeside({ signal, roadsTo, dial }),
    protocol: protocols.answer,
    hideFrom: hidden.add,
    startDiscovery: () => finder.start(),
    peers: () => {
      const everybody = new Set([...links.all().map(({ peer }) => peer), ...book.peers()])
      return [...everybody].map((peer): KnownPeer => {
        const known = { peer, addresses: book.addressesOf(peer), foundBy: book.foundBy(peer) }
        const link = links.to(peer)
        if (link === undefined) return known
        const { path, traffic, roundTrips } = link
        const last = roundTrips.at(-1)
        return { ...known, path, traffic, ...(last === undefined ? {} : { rtt: last.ms }) }
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
      // With or without an address, it may lead where nothing led before.
      if (!tellAddresses()) climber.again()
      return () =>
        move(async () => {
          await links.leave(transport.name)
          const gone = node.libp2p.getConnections().filter((one) => roadOn(one).path.transport === transport.name)
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
    resolver: addResolver,
    nat: mapper.add,
    upgrade: climber.add,
    async service(service) {
      await move(() => services.add(service))
      return () => move(() => services.remove(service))
    },
    async close() {
      await finder.stop()
      await mapper.stop()
      await links.closeAll()
      await climber.clear()
      // A listener that is closed while it opens never ends doing either.
      await settled()
      await services.clear()
      await stopNode(node, clock)
      await parts.clear()
      await minding
    },
  }
}

const servesLinksOnly = ({ streams }: Connection) => streams.every(({ protocol }) => protocol === linkProtocol)

/** On this machine's own addresses, whatever others may see. */
const listening = ({ components }: Node): string[] => components.transportManager.getAddrs().map((one) => one.toString())
