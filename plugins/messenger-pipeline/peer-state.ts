import { joinBytes, utf8 } from '@palabre/sdk'
import type { Session } from '@palabre/sdk/contract/suite'

/** What we keep of the conversation with one person: the session of their suite, and how far both numberings have come. */
export interface PeerState {
  readonly suite: string
  readonly session: Session
  /** My numbering, chosen at random when the session began, and the number that comes next in it. */
  readonly epoch: number
  readonly next: number
  /** Theirs, the newest first. */
  readonly heard: readonly Heard[]
  readonly begunAt: number
}

export interface Heard {
  readonly epoch: number
  /** The number that is waited for. */
  readonly next: number
}

/** version 1 | begunAt 8 | epoch 4 | next 4 | heard 1, each 4 + 4 | suite 1 + n | session */
export function encodePeerState({ suite, session, epoch, next, heard, begunAt }: PeerState): Uint8Array {
  const name = utf8.encode(suite)
  const head = new Uint8Array(19 + heard.length * 8 + name.length)
  const view = new DataView(head.buffer)
  head[0] = 1
  view.setFloat64(1, begunAt)
  view.setUint32(9, epoch)
  view.setUint32(13, next)
  head[17] = heard.length
  heard.forEach((one, index) => {
    view.setUint32(18 + index * 8, one.epoch)
    view.setUint32(22 + index * 8, one.next)
  })
  head[18 + heard.length * 8] = name.length
  head.set(name, 19 + heard.length * 8)
  return joinBytes(head, session)
}

export function decodePeerState(bytes: Uint8Array): PeerState {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  if (bytes[0] !== 1) throw new TypeError('a session of an unknown version')
  const count = bytes[17]!
  const heard = Array.from({ length: count }, (_, index) => ({
    epoch: view.getUint32(18 + index * 8),
    next: view.getUint32(22 + index * 8),
  }))
  const at = 18 + count * 8
  const end = at + 1 + bytes[at]!
  return {
    begunAt: view.getFloat64(1),
    epoch: view.getUint32(9),
    next: view.getUint32(13),
    heard,
    suite: utf8.decode(bytes.subarray(at + 1, end))!,
    session: bytes.slice(end) as Session,
  }
}
