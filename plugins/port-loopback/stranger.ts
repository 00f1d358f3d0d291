import type { Socket } from 'node:net'
import type { Scope } from '@palabre/sdk'
import { portClose, portWire, readFaceMessage } from '@palabre/sdk/contract/port-wire'
import type { RawData, WebSocket } from 'ws'
import type { DoorKeys, Session } from './door-keys.ts'
import { frameText } from './face.ts'
import { limits } from './limits.ts'

export interface Stranger {
  readonly peer: WebSocket
  /** What carries the peer's bytes, and how many came along with the request. */
  readonly wire: Socket
  readonly already: number
}

/** Waits for the first message, which must show a key; whoever shows none, too late or too much is sent away. */
export function meetStranger(
  { peer, wire, already }: Stranger,
  keys: DoorKeys,
  after: Scope['after'],
  welcome: (session: Session) => void,
): void {
  let received = already
  const count = (chunk: Buffer) => {
    received += chunk.length
    if (received > portWire.largestHello) peer.close(portClose.tooLarge, 'too large before a key was shown')
  }
  const read = (data: RawData, isBinary: boolean) => {
    settle()
    if (peer.readyState !== peer.OPEN) return
    const session = isBinary ? portClose.malformed : sessionFor(frameText(data), keys)
    if (typeof session === 'number') peer.close(session, 'no key')
    else welcome(session)
  }
  const settle = () => {
    deadline[Symbol.dispose]()
    wire.off('data', count)
  }
  const deadline = after(limits.helloMs, () => peer.close(portClose.tooSlow, 'no key in time'))
  // Before the socket reads them: a message that comes whole is too large all the same.
  wire.prependListener('data', count)
  peer.once('message', read)
  peer.once('close', settle)
}

/** The session that the key opens, or the code to close with. */
function sessionFor(frame: string, keys: DoorKeys): Session | number {
  const hello = readFaceMessage(frame)
  if (hello?.kind !== 'hello') return portClose.malformed
  if (hello.version !== portWire.version) return portClose.wrongVersion
  const session = hello.proof === 'token' ? keys.burn(hello.secret) : keys.resume(hello.secret)
  return session ?? portClose.refused
}
