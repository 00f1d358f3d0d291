import type { Connection } from '@libp2p/interface'
import type { Hidden } from './hidden.ts'
import { close } from './idle.ts'
import type { Node } from './node.ts'
import type { Parts } from './parts.ts'
import { roadOf, type Road } from './road.ts'

/** The connections that stand, as roads that links may take. */
export interface Standing {
  roadOn(connection: Connection): Road
  /** The best first, without those at which the peer must not meet us. */
  roadsTo(peer: string): Road[]
  connectionsTo(peer: string): Connection[]
  /** False for one that was made to agree on another. */
  carriesLinks(connection: Connection): boolean
  /** Whether the peer may meet us there. */
  allows(road: Road): boolean
  /** Nobody takes it any more, and it closes. */
  letGo(connection: Connection): Promise<void>
}

export interface StandingSources {
  readonly parts: Parts
  readonly hidden: Hidden
  node(): Node
}

export function createStanding({ parts, hidden, node }: StandingSources): Standing {
  const leaving = new WeakSet<Connection>()
  const transportOf = (connection: Connection) => parts.transportFor(connection.remoteAddr.toString())
  const roadOn = (connection: Connection) => roadOf(connection, transportOf(connection))
  const carriesLinks = (connection: Connection) => transportOf(connection)?.agreesOnly !== true
  const allows = ({ connection, path: { address } }: Road) =>
    hidden.allows(connection.remotePeer.toString(), address, parts.transportFor(address))
  const connectionsTo = (peer: string) =>
    node()
      .libp2p.getConnections()
      .filter((one) => one.status === 'open' && !leaving.has(one) && one.remotePeer.toString() === peer && carriesLinks(one))

  return {
    roadOn,
    roadsTo: (peer) =>
      connectionsTo(peer)
        .map(roadOn)
        .filter(allows)
        .toSorted((a, b) => a.order - b.order),
    connectionsTo,
    carriesLinks,
    allows,
    letGo(connection) {
      leaving.add(connection)
      return close(connection)
    },
  }
}
