import type { Libp2pEvents, MultiaddrConnection, TypedEventTarget } from '@libp2p/interface'
import { limits } from './limits.ts'

/** Raw connections that are there for the making of another one. */
export interface BriefConnections {
  add(raw: MultiaddrConnection): void
}

/**
 * Each ends when its peer has another connection: closed by the one who was visited, since the visitor may still be saying that it
 * stands. Without one it ends by itself.
 */
export function briefConnections(
  events: TypedEventTarget<Libp2pEvents>,
  after: (ms: number, run: () => void) => Disposable,
): BriefConnections {
  const open = new Map<MultiaddrConnection, string | undefined>()

  events.addEventListener('connection:open', ({ detail: { remoteAddr, remotePeer } }) => {
    const [peer, address] = [remotePeer.toString(), remoteAddr.toString()]
    const self = [...open.keys()].find((raw) => address.startsWith(raw.remoteAddr.toString()))
    if (self !== undefined) return void open.set(self, peer)
    for (const [raw, whose] of open) if (whose === peer && raw.direction === 'inbound') void raw.close().catch(() => undefined)
  })

  return {
    add(raw) {
      open.set(raw, undefined)
      const late = after(limits.meeting, () => raw.abort(new Error('nothing was agreed on in time')))
      raw.addEventListener('close', () => {
        late[Symbol.dispose]()
        open.delete(raw)
      })
    },
  }
}
