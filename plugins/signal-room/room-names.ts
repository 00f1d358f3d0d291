import { utf8 } from '@palabre/sdk'
import { labels } from '@palabre/sdk/contract/labels'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import { limits } from './limits.ts'

type Parts = Pick<Primitives, 'hkdf'>

/** One of the rooms that two can find by a secret, at one server. */
export interface RoomKeys {
  readonly name: Uint8Array
  readonly toWaiter: Uint8Array
  readonly toVisitor: Uint8Array
}

/**
 * The server goes in, so that two servers cannot tell that rooms of theirs belong together; the turn and the attempt, so that a room
 * is used once and says nothing of the next.
 */
export function roomOf({ hkdf }: Parts, secret: Uint8Array, server: string, turn: number, attempt: number): RoomKeys {
  const bytes = hkdf(secret, utf8.encode(`${server} ${turn} ${attempt}`), utf8.encode(labels.signal.room), 96)
  return { name: bytes.slice(0, 32), toWaiter: bytes.slice(32, 64), toVisitor: bytes.slice(64) }
}

/** When the turns of a secret begin: not all at once, or a server would hear everybody at the same moment. */
export function turnsOf({ hkdf }: Parts, secret: Uint8Array, server: string) {
  const bytes = hkdf(secret, utf8.encode(server), utf8.encode(labels.signal.turn), 4)
  const offset = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) % limits.turn
  return {
    /** The turn of this moment. */
    at: (now: number) => Math.floor((now - offset) / limits.turn),
    begins: (turn: number) => turn * limits.turn + offset,
  }
}
