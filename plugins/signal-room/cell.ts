import { joinBytes } from '@palabre/sdk'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import { signalWire } from '@palabre/sdk/contract/signal-wire'

type Parts = Pick<Primitives, 'aead' | 'randomBytes'>

const nonceLength = 24
const headLength = 6
const plainLength = signalWire.sealed - nonceLength - 16
/** What one cell carries. */
export const cellRoom = plainLength - headLength

/**
 * What is said in a room, always as long: nonce 24 | AEAD of: count 4 | length 2 | bytes | zeros. The count makes a cell that was
 * left out, repeated or moved one that does not hold.
 */
export function sealCell({ aead, randomBytes }: Parts, key: Uint8Array, count: number, bytes: Uint8Array): Uint8Array {
  const plain = new Uint8Array(plainLength)
  const view = new DataView(plain.buffer)
  view.setUint32(0, count)
  view.setUint16(4, bytes.length)
  plain.set(bytes, headLength)
  const nonce = randomBytes(nonceLength)
  return joinBytes(nonce, aead.seal(key, nonce, plain, new Uint8Array()))
}

/** Undefined for anything but the cell of this count, as it was sealed. */
export function openCell(
  { aead }: Pick<Parts, 'aead'>,
  key: Uint8Array,
  count: number,
  sealed: Uint8Array,
): Uint8Array | undefined {
  const plain = aead.open(key, sealed.subarray(0, nonceLength), sealed.subarray(nonceLength), new Uint8Array())
  if (plain === undefined || plain.length !== plainLength) return undefined
  const view = new DataView(plain.buffer, plain.byteOffset)
  const length = view.getUint16(4)
  return view.getUint32(0) === count && length <= cellRoom ? plain.slice(headLength, headLength + length) : undefined
}
