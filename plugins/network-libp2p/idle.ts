import type { Connection, Libp2p } from '@libp2p/interface'
import { limits } from './limits.ts'

/**
 * Closes connections that serve nobody: half of what a hostile peer can open, and the losers of races. A peer that some part of the
 * node has tagged is worth its connection, as a relay is to its guests and they to it.
 */
export interface IdleSweep {
  /** Called now and then. */
  sweep(node: Pick<Libp2p, 'getConnections' | 'peerStore'>, now: number): Promise<void>
}

export function createIdleSweep(): IdleSweep {
  const idleSince = new WeakMap<Connection, number>()
  return {
    async sweep(node, now) {
      for (const connection of node.getConnections()) {
        if (connection.streams.length > 0) idleSince.delete(connection)
        else if (!idleSince.has(connection)) idleSince.set(connection, now)
        else if (now - idleSince.get(connection)! >= limits.idleConnection && !(await isTagged(node, connection)))
          void close(connection)
      }
    },
  }
}

export async function close(connection: Connection): Promise<void> {
  try {
    await connection.close()
  } catch (error) {
    connection.abort(error as Error)
  }
}

async function isTagged({ peerStore }: Pick<Libp2p, 'peerStore'>, { remotePeer }: Connection): Promise<boolean> {
  const peer = await peerStore.get(remotePeer).catch(() => undefined)
  return peer !== undefined && peer.tags.size > 0
}
