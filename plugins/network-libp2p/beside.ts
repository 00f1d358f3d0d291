import type { Connection } from '@libp2p/interface'
import type { Link } from '@palabre/sdk/contract/link'
import type { Network } from '@palabre/sdk/contract/network'
import { byteStreamOf } from './byte-stream.ts'
import { faults } from './faults.ts'
import { limits } from './limits.ts'
import { isUnspoken } from './links.ts'
import type { Road } from './road.ts'
import { cancelled } from './shared-dial.ts'

export interface BesideSources {
  /** Aborted when the network stops. */
  readonly signal: AbortSignal
  roadsTo(peer: string): Road[]
  dial(peer: string, signal: AbortSignal): Promise<Link>
}

/** Streams beside the link, on the best connection there is; who has none yet is dialled first. */
export function createBeside({ signal, roadsTo, dial }: BesideSources): Network['open'] {
  return async (peer, protocol, { signal: given } = {}) => {
    const running = given === undefined ? signal : AbortSignal.any([given, signal])
    const link = roadsTo(peer)[0] === undefined ? await dial(peer, running) : undefined
    const best = roadsTo(link?.peer ?? peer)[0]
    if (best === undefined) throw faults.unreachable(peer)
    // The other end would cut one more without a word.
    if (streamsOf(best.connection, protocol) >= limits.streamsPerProtocol)
      throw faults.tooManyStreams(protocol, limits.streamsPerProtocol)
    try {
      const stream = await best.connection.newStream(protocol, {
        signal: AbortSignal.any([running, AbortSignal.timeout(limits.handshake)]),
        runOnLimitedConnection: true,
      })
      return byteStreamOf(stream, best.connection.remotePeer.toString())
    } catch (error) {
      if (running.aborted) throw cancelled(running)
      throw isUnspoken(error) ? faults.notSpoken(protocol, error) : faults.unreachable(peer, error)
    }
  }
}

const streamsOf = ({ streams }: Connection, protocol: string) =>
  streams.filter((one) => one.direction === 'outbound' && one.protocol === protocol).length
