import type { Connection } from '@libp2p/interface'
import { withoutPeer } from './addresses.ts'

/** Addresses at which a peer took our call and ended it at once: it wants to be met on another road. */
export interface ClosedDoors {
  /** True when the other end has closed this connection. */
  note(connection: Connection): boolean
  has(address: string): boolean
}

export function createClosedDoors(): ClosedDoors {
  const closed = new Set<string>()
  return {
    note({ status, remoteAddr, remotePeer }) {
      if (status === 'open') return false
      closed.add(withoutPeer(remoteAddr.toString(), remotePeer.toString()))
      return true
    },
    has: (address) => closed.has(address),
  }
}
