import type { Connection } from '@libp2p/interface'
import type { Clock } from '@palabre/sdk/contract/clock'
import { withoutPeer } from './addresses.ts'
import { limits } from './limits.ts'

/** Addresses at which a peer took our call and ended it at once: it wants to be met on another road. */
export interface ClosedDoors {
  /** True when the other end has closed this connection, or does so now: what says that it will may come before what does it. */
  note(connection: Connection): Promise<boolean>
  has(address: string): boolean
}

export function createClosedDoors(clock: Clock): ClosedDoors {
  const closed = new Set<string>()
  return {
    async note(connection) {
      if (connection.status === 'open') await closing(connection, clock)
      if (connection.status === 'open') return false
      closed.add(withoutPeer(connection.remoteAddr.toString(), connection.remotePeer.toString()))
      return true
    },
    has: (address) => closed.has(address),
  }
}

async function closing(connection: Connection, clock: Clock): Promise<void> {
  const enough = new AbortController()
  const done = () => enough.abort()
  connection.addEventListener('close', done, { once: true })
  await clock.sleep(limits.closing, enough.signal).catch(() => undefined)
  connection.removeEventListener('close', done)
}
