import type { Connection } from '@libp2p/interface'
import { limits } from './limits.ts'

/** Closes connections that serve nobody: half of what a hostile peer can open, and the losers of races. */
export interface IdleSweep {
  /** Called now and then with the connections of now. */
  sweep(connections: readonly Connection[], now: number): void
}

export function createIdleSweep(): IdleSweep {
  const idleSince = new WeakMap<Connection, number>()
  return {
    sweep(connections, now) {
      for (const connection of connections) {
        if (connection.streams.length > 0) idleSince.delete(connection)
        else if (!idleSince.has(connection)) idleSince.set(connection, now)
        else if (now - idleSince.get(connection)! >= limits.idleConnection) void close(connection)
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
