import type { Connection, Libp2pEvents, MultiaddrConnection, TypedEventTarget } from '@libp2p/interface'
import { limits } from './limits.ts'

/** Raw connections that are there for the making of another one. Disposed, all of them end. */
export interface BriefConnections extends Disposable {
  add(raw: MultiaddrConnection): void
}

/**
 * Each ends a moment after its peer has another connection, because the other end may still be saying so on this one. Without one it
 * ends by itself.
 */
export function briefConnections(
  events: TypedEventTarget<Pick<Libp2pEvents, 'connection:open'>>,
  after: (ms: number, run: () => void) => Disposable,
): BriefConnections {
  const open = new Map<MultiaddrConnection, string | undefined>()

  const opened = ({ detail: { remoteAddr, remotePeer } }: CustomEvent<Connection>) => {
    const [peer, address] = [remotePeer.toString(), remoteAddr.toString()]
    const self = [...open.keys()].find((raw) => address.startsWith(raw.remoteAddr.toString()))
    if (self !== undefined) return void open.set(self, peer)
    for (const [raw, whose] of open) if (whose === peer) after(limits.farewell, () => void raw.close().catch(() => undefined))
  }
  events.addEventListener('connection:open', opened)

  return {
    add(raw) {
      open.set(raw, undefined)
      const late = after(limits.meeting, () => raw.abort(new Error('nothing was agreed on in time')))
      raw.addEventListener('close', () => {
        late[Symbol.dispose]()
        open.delete(raw)
      })
    },
    [Symbol.dispose]() {
      events.removeEventListener('connection:open', opened)
      for (const raw of open.keys()) raw.abort(new Error('no more meetings'))
    },
  }
}
