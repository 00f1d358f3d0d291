import type { Listener, ListenerEvents, PeerId } from '@libp2p/interface'
import { multiaddr, type Multiaddr } from '@multiformats/multiaddr'
import { TypedEventEmitter } from 'main-event'
import type { SeatEvent, Seats } from './seats.ts'

interface AddressManager {
  confirmObservedAddr(address: Multiaddr, options: { type: 'transport'; ttl: number }): void
  removeObservedAddr(address: Multiaddr): void
}

/** Tells where we can be reached through the relays that gave us a seat. Listening is looking for seats until closed. */
export class GuestListener extends TypedEventEmitter<ListenerEvents> implements Listener {
  readonly #addresses: AddressManager
  readonly #seats: Seats
  readonly #look: (signal: AbortSignal) => Promise<void>
  readonly #closing = new AbortController()
  readonly #at = new Map<string, Multiaddr[]>()
  #looking: Promise<void> | undefined

  constructor(addresses: AddressManager, seats: Seats, look: (signal: AbortSignal) => Promise<void>) {
    super()
    this.#addresses = addresses
    this.#seats = seats
    this.#look = look
  }

  async listen(): Promise<void> {
    this.#seats.addEventListener('relay:created-reservation', this.#seated)
    this.#seats.addEventListener('relay:removed', this.#unseated)
    this.#looking = this.#look(this.#closing.signal)
  }

  getAddrs(): Multiaddr[] {
    return [...this.#at.values()].flat()
  }

  updateAnnounceAddrs(): void {}

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#looking
    this.#seats.removeEventListener('relay:created-reservation', this.#seated)
    this.#seats.removeEventListener('relay:removed', this.#unseated)
    for (const relay of this.#at.keys()) this.#forget(relay)
    this.#seats.cancelReservations()
    queueMicrotask(() => this.safeDispatchEvent('close'))
  }

  readonly #seated = ({ detail: { relay } }: SeatEvent) => {
    const addresses = this.#addressesAt(relay)
    this.#forget(relay.toString())
    this.#at.set(relay.toString(), addresses)
    for (const address of addresses)
      this.#addresses.confirmObservedAddr(address, { type: 'transport', ttl: Number.MAX_SAFE_INTEGER })
    this.#tell()
  }

  readonly #unseated = ({ detail: { relay } }: SeatEvent) => {
    this.#forget(relay.toString())
    this.#tell()
  }

  /** Where the relay says it is; of use to others only when it is not this machine, unless it is on this machine. */
  #addressesAt(relay: PeerId): Multiaddr[] {
    const all = this.#seats.getReservation(relay)?.addrs.map((bytes) => multiaddr(bytes)) ?? []
    const abroad = all.filter((address) => !isLoopback(address))
    return (abroad.length > 0 ? abroad : all).map((address) => address.encapsulate('/p2p-circuit'))
  }

  #forget(relay: string): void {
    for (const address of this.#at.get(relay) ?? []) this.#addresses.removeObservedAddr(address)
    this.#at.delete(relay)
  }

  #tell(): void {
    queueMicrotask(() => this.safeDispatchEvent('listening'))
  }
}

const isLoopback = (address: Multiaddr) => /^\/(?:ip4\/127\.|ip6\/::1\/)/.test(address.toString())
