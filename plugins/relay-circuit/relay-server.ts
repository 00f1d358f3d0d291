import { circuitRelayServer, type CircuitRelayServerComponents } from '@libp2p/circuit-relay-v2'
import {
  start,
  stop,
  type IdentifyResult,
  type Libp2pEvents,
  type PeerId,
  type Startable,
  type TypedEventTarget,
} from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { createObservedAddresses } from './observed-addresses.ts'

export interface RelayServerSettings {
  /** Guests at once. */
  readonly reservations: number
  /** What one relayed connection may carry, and for how long; then it is cut, and a link takes the next. */
  readonly megabytes: number
  readonly minutes: number
  /** How long a reservation stands unless its guest leaves sooner. */
  readonly hours: number
  /** Where guests can be reached through us, when that is not where we listen. */
  readonly announce: readonly string[]
  /** Announces, when none is named, what peers say they reached us at. */
  readonly observe: boolean
}

type Components = CircuitRelayServerComponents & { readonly events: TypedEventTarget<Libp2pEvents> }

/** The ecosystem's relay, with a seat given back as soon as its guest has left, and addresses of the operator's choice. */
export function relayServer(settings: RelayServerSettings): (components: Components) => Startable {
  const announced = settings.announce.map((one) => multiaddr(one))
  return (components) => {
    const server = circuitRelayServer({
      maxOutboundStopStreams: settings.reservations,
      reservations: {
        maxReservations: settings.reservations,
        reservationTtl: settings.hours * 3_600_000,
        defaultDurationLimit: settings.minutes * 60_000,
        defaultDataLimit: BigInt(settings.megabytes) * 1_048_576n,
      },
    })(components)

    // Without this a guest of a minute would keep its seat until the reservation runs out.
    const left = ({ detail }: CustomEvent<PeerId>) => {
      server.reservations.get(detail)?.signal.clear()
      server.reservations.delete(detail)
    }

    const isObserving = settings.observe && announced.length === 0
    const observed = createObservedAddresses()
    const identified = ({ detail }: CustomEvent<IdentifyResult>) => {
      const address = observed.saw(detail)
      if (address !== undefined) components.addressManager.confirmObservedAddr(address, { type: 'observed', ttl: forever })
    }

    return {
      async start() {
        for (const address of announced) components.addressManager.confirmObservedAddr(address, { type: 'observed', ttl: forever })
        components.events.addEventListener('peer:disconnect', left)
        if (isObserving) components.events.addEventListener('peer:identify', identified)
        await start(server)
      },
      async stop() {
        for (const { signal } of server.reservations.values()) signal.clear()
        await stop(server)
        components.events.removeEventListener('peer:disconnect', left)
        components.events.removeEventListener('peer:identify', identified)
        for (const address of [...announced, ...observed.agreed()]) components.addressManager.removeObservedAddr(address)
      },
    }
  }
}

const forever = Number.MAX_SAFE_INTEGER
