import { circuitRelayTransport, type CircuitRelayTransportComponents } from '@libp2p/circuit-relay-v2'
import type { Startable, Transport } from '@libp2p/interface'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { Log } from '@palabre/sdk/contract/log'
import { GuestListener } from './guest-listener.ts'
import type { RelaySettings } from './relay-settings.ts'
import { keepSeats, type SeatComponents, type Seats } from './seats.ts'

export interface RelaySources {
  readonly settings: RelaySettings
  readonly clock: Clock
  readonly log: Log
}

/**
 * The ecosystem's transport for dialling through relays and answering, with a listener of our own: its own makes one attempt for each
 * relay, holds everybody up meanwhile, and never asks again a relay that was down once.
 */
export function relayTransport(sources: RelaySources) {
  return (components: CircuitRelayTransportComponents & SeatComponents): Transport => {
    const transport = circuitRelayTransport({ discoveryFilter: everybodyIsKnown })(components) as Transport &
      Startable & { readonly reservationStore: Seats }
    // Else a relay that takes us for its guest when we do not would make one more listener each time it calls.
    transport.listenFilter = (addresses) => addresses.filter((one) => one.toString() === '/p2p-circuit')
    transport.createListener = () =>
      new GuestListener(components.addressManager, transport.reservationStore, (signal) =>
        keepSeats({ ...sources, components, store: transport.reservationStore, signal }),
      )
    return transport
  }
}

/** The library's own search for relays would ask those we ask, at the same moment, and lose the seat for both. */
const everybodyIsKnown = { has: () => true, add() {}, remove() {} }
