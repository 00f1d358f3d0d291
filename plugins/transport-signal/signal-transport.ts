import {
  transportSymbol,
  type ComponentLogger,
  type Libp2pEvents,
  type Startable,
  type Transport,
  type TypedEventTarget,
  type Upgrader,
} from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import type { Meeting, Signal } from '@palabre/sdk/contract/signal'
import type { NodePart } from '@palabre/sdk/contract/transport'
import { briefConnections } from './brief-connections.ts'
import { faults } from './faults.ts'
import { limits } from './limits.ts'
import { meetingAddress, readMeetingAddress } from './meeting-address.ts'
import { meetingConnection } from './meeting-connection.ts'
import { MeetingListener } from './meeting-listener.ts'
import type { Vigil } from './vigil.ts'

/** What we listen at: meetings are waited for wherever the signals say. */
export const listenAt = '/http-path/palabre-meet'

export interface SignalTransportSources {
  readonly signals: Iterable<Signal>
  readonly vigil: Vigil
  after(ms: number, run: () => void): Disposable
}

interface Components {
  readonly logger: ComponentLogger
  readonly events: TypedEventTarget<Libp2pEvents>
}

/** Connections in which two nodes prove who they are and agree on a better one, and which end as soon as that one stands. */
export function signalTransport({ signals, vigil, after }: SignalTransportSources): NodePart<Transport> {
  return ({ logger, events }: Components, names): Transport & Startable => {
    const log = logger.forComponent('palabre:signal')
    const open = briefConnections(events, after)

    async function visit(address: string, signal: AbortSignal): Promise<Meeting> {
      const { place, secret } = readMeetingAddress(address)!
      for (const one of signals) {
        const visiting = one.visit(place, secret, { names, signal })
        if (visiting !== undefined) return visiting
      }
      throw new Error(`no signal that is on knows a place like ${place}`)
    }

    const receive = (upgrader: Upgrader, stopped: AbortSignal) => (meeting: Meeting, place: string) => {
      // Where it came from is not known; it is told apart from others of that place, and recognised as ours.
      const remoteAddr = multiaddr(meetingAddress({ place, secret: crypto.getRandomValues(new Uint8Array(32)) }))
      const raw = meetingConnection({ meeting, remoteAddr, direction: 'inbound', log })
      open.add(raw)
      upgrader.upgradeInbound(raw, { signal: stopped, ...bounds }).catch(() => meeting.close())
    }

    return {
      [transportSymbol]: true,
      [Symbol.toStringTag]: '@palabre/transport-signal',
      dialFilter: (addresses) => addresses.filter((one) => readMeetingAddress(one.toString()) !== undefined),
      listenFilter: (addresses) => addresses.filter((one) => one.toString() === listenAt),
      async dial(remoteAddr, options) {
        const meeting = await visit(remoteAddr.toString(), options.signal)
        const raw = meetingConnection({ meeting, remoteAddr, direction: 'outbound', log })
        open.add(raw)
        try {
          return await options.upgrader.upgradeOutbound(raw, { ...options, ...bounds })
        } catch (error) {
          meeting.close()
          throw options.signal.aborted ? error : faults.unproved(error)
        }
      },
      start() {},
      stop: () => open[Symbol.dispose](),
      createListener: ({ upgrader }) => new MeetingListener((stopped) => vigil.listen(names, receive(upgrader, stopped))),
    }
  }
}

/** Marks them as such, so that nobody who does not mean to uses them. */
const bounds = { limits: { seconds: limits.meeting / 1_000 } }
