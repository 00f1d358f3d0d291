import type { Connection, PeerId, Topology } from '@libp2p/interface'
import { RELAY_V2_HOP_CODEC } from '@libp2p/circuit-relay-v2'
import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr, type Multiaddr } from '@multiformats/multiaddr'
import { messageOf } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { Log } from '@palabre/sdk/contract/log'
import type { RelaySettings } from './relay-settings.ts'
import { within } from './within.ts'

/** The ecosystem's store of reservations: asks relays for a seat and renews it in time. */
export interface Seats {
  addRelay(relay: PeerId, type: 'configured'): Promise<unknown>
  hasReservation(relay: PeerId): boolean
  getReservation(relay: PeerId): { readonly addrs: readonly Uint8Array[] } | undefined
  cancelReservations(): void
  addEventListener(type: 'relay:created-reservation' | 'relay:removed', listener: (event: SeatEvent) => void): void
  removeEventListener(type: 'relay:created-reservation' | 'relay:removed', listener: (event: SeatEvent) => void): void
}

export interface SeatEvent {
  readonly detail: { readonly relay: PeerId }
}

export interface SeatComponents {
  readonly transportManager: { dial(address: Multiaddr, options: { signal: AbortSignal }): Promise<Connection> }
  readonly connectionManager: { getConnections(peer: PeerId): Connection[] }
  readonly registrar: { register(protocol: string, topology: Topology): Promise<string>; unregister(id: string): void }
  readonly peerStore: { get(peer: PeerId): Promise<{ readonly protocols: readonly string[] }> }
  /** Of the node's own services; without it a relay that fell silent is noticed later. */
  readonly ping?: { ping(peer: PeerId, options: { signal: AbortSignal }): Promise<number> }
}

export interface SeatSources {
  readonly settings: RelaySettings
  readonly clock: Clock
  readonly log: Log
  readonly components: SeatComponents
  readonly store: Seats
  readonly signal: AbortSignal
}

/** All in milliseconds. */
const times = {
  dial: 10_000,
  /** From the connection to its word that it relays. */
  word: 5_000,
  /** A relay that could not or would not is left alone so long, longer each time. */
  firstRest: 1_000,
  longestRest: 60_000,
  /** Whether a relay still answers is asked this often. */
  ask: 10_000,
  answer: 5_000,
}

interface Relay {
  readonly peer: PeerId
  /** Where to dial it; unknown for one that was only met. */
  readonly address: Multiaddr | undefined
  rest: number
  restUntil: number
}

/** Keeps as many seats as wanted until the signal aborts: those named first, another one when a relay dies or refuses. Never rejects. */
export async function keepSeats({ settings, clock, log, components, store, signal }: SeatSources): Promise<void> {
  const relays = new Map(settings.relays.map((said) => entryOf(said)))
  const willing = new Set<string>()
  const wakers = new Set<() => void>()
  const wake = () => wakers.forEach((one) => one())

  const topology: Topology = {
    onConnect(peer) {
      willing.add(peer.toString())
      if (settings.discover && !relays.has(peer.toString())) relays.set(peer.toString(), relayAt(peer, undefined))
      wake()
    },
    onDisconnect: (peer) => void willing.delete(peer.toString()),
  }
  const registered = await components.registrar.register(RELAY_V2_HOP_CODEC, topology)
  store.addEventListener('relay:removed', wake)

  let asked = clock.monotonic()
  while (!signal.aborted) {
    using nap = napUntilWoken()
    if (clock.monotonic() - asked >= times.ask) {
      asked = clock.monotonic()
      await Promise.all(seated().map(ask))
    }
    await fill()
    await nap.sleep(untilNext())
  }
  store.removeEventListener('relay:removed', wake)
  components.registrar.unregister(registered)

  function seated(): Relay[] {
    return [...relays.values()].filter(({ peer }) => store.hasReservation(peer))
  }

  /** One after the other, so that the first named gets the seat. */
  async function fill(): Promise<void> {
    for (const relay of relays.values()) {
      if (signal.aborted || seated().length >= settings.seats) return
      if (store.hasReservation(relay.peer) || relay.restUntil > clock.monotonic()) continue
      try {
        await sit(relay)
        relay.rest = 0
      } catch (error) {
        if (signal.aborted) return
        relay.rest = Math.min(Math.max(relay.rest * 2, times.firstRest), times.longestRest)
        relay.restUntil = clock.monotonic() + relay.rest * (0.75 + Math.random() / 2)
        log.info('no seat at a relay', { relay: relay.peer.toString(), reason: messageOf(error) })
      }
    }
  }

  async function sit({ peer, address }: Relay): Promise<void> {
    if (components.connectionManager.getConnections(peer).length > 0) await recall(peer)
    else if (address === undefined) throw new Error('it has gone')
    else await within({ clock, ms: times.dial, signal }, (signal) => components.transportManager.dial(address, { signal }))
    await word(peer)
    await store.addRelay(peer, 'configured')
    log.info('others can reach us through a relay', { relay: peer.toString() })
  }

  /** A connection from before we came has had its word already, and tells it no more. */
  async function recall(peer: PeerId): Promise<void> {
    if (willing.has(peer.toString())) return
    const { protocols } = await components.peerStore.get(peer).catch(() => ({ protocols: [] as readonly string[] }))
    if (protocols.includes(RELAY_V2_HOP_CODEC)) willing.add(peer.toString())
  }

  /** Asked before it said that it relays, the library would hold a no against it for ever. */
  async function word(peer: PeerId): Promise<void> {
    const until = clock.monotonic() + times.word
    while (!willing.has(peer.toString())) {
      signal.throwIfAborted()
      const left = until - clock.monotonic()
      if (left <= 0) throw new Error('it does not relay')
      using nap = napUntilWoken()
      await nap.sleep(left)
    }
  }

  /** Ends sooner when something happened since it was made. */
  function napUntilWoken() {
    const awake = new AbortController()
    const rouse = () => awake.abort()
    wakers.add(rouse)
    return {
      sleep: (ms: number) => clock.sleep(ms, AbortSignal.any([signal, awake.signal])).catch(() => undefined),
      [Symbol.dispose]: () => void wakers.delete(rouse),
    }
  }

  /** A connection that is silently dead would keep a seat that nobody can reach. */
  async function ask({ peer }: Relay): Promise<void> {
    try {
      await components.ping?.ping(peer, { signal: AbortSignal.any([signal, AbortSignal.timeout(times.answer)]) })
    } catch (error) {
      if (signal.aborted) return
      log.info('a relay does not answer', { relay: peer.toString(), reason: messageOf(error) })
      for (const connection of components.connectionManager.getConnections(peer)) connection.abort(error as Error)
    }
  }

  function untilNext(): number {
    const now = clock.monotonic()
    const wanting = seated().length < settings.seats
    const rests = [...relays.values()]
      .filter(({ peer }) => wanting && !store.hasReservation(peer))
      .map(({ restUntil }) => restUntil - now)
    return Math.max(50, Math.min(times.ask, ...rests))
  }
}

function entryOf(said: string): [string, Relay] {
  const address = multiaddr(said)
  const id = address.getComponents().findLast(({ name }) => name === 'p2p')?.value
  if (id === undefined) throw new Error(`a relay's address must end in its peer id: ${said}`)
  return [id, relayAt(peerIdFromString(id), address)]
}

const relayAt = (peer: PeerId, address: Multiaddr | undefined): Relay => ({ peer, address, rest: 0, restUntil: 0 })
