import type { Address } from './server-answers.ts'

/** A STUN message as it was read. Attributes stand in order, the first of a kind counts. */
export interface StunMessage {
  readonly kind: number
  attribute(kind: number): Uint8Array | undefined
}

export interface Attribute {
  readonly kind: number
  readonly value: Uint8Array
}

const header = 20
const cookie = 0x2112a442

/** RFC 8489 §5, with a fresh transaction. */
export function writeMessage(kind: number, attributes: readonly Attribute[] = []): Buffer {
  const head = Buffer.alloc(header)
  const body = attributes.map(writeAttribute)
  head.writeUInt16BE(kind, 0)
  head.writeUInt16BE(
    body.reduce((sum, { length }) => sum + length, 0),
    2,
  )
  head.writeUInt32BE(cookie, 4)
  crypto.getRandomValues(head.subarray(8))
  return Buffer.concat([head, ...body])
}

/** §14: padded to a multiple of four, and the padding is not counted. */
function writeAttribute({ kind, value }: Attribute): Buffer {
  const bytes = Buffer.alloc(4 + padded(value.length))
  bytes.writeUInt16BE(kind, 0)
  bytes.writeUInt16BE(value.length, 2)
  bytes.set(value, 4)
  return bytes
}

const padded = (size: number) => Math.ceil(size / 4) * 4

/** `undefined` for what does not answer this request. */
export function readMessage(bytes: Uint8Array, request: Uint8Array): StunMessage | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < header || header + view.getUint16(2) !== bytes.length) return undefined
  if (!Buffer.from(bytes.subarray(4, header)).equals(request.subarray(4, header))) return undefined
  const attributes = new Map<number, Uint8Array>()
  for (let at = header; at + 4 <= bytes.length;) {
    const [kind, size] = [view.getUint16(at), view.getUint16(at + 2)]
    const value = bytes.subarray(at + 4, at + 4 + size)
    if (value.length < size) return undefined
    if (!attributes.has(kind)) attributes.set(kind, value)
    at += 4 + padded(size)
  }
  return { kind: view.getUint16(0), attribute: (kind) => attributes.get(kind) }
}

/** §14.2: hidden from routers that rewrite what looks like an address, by the cookie and the transaction of the request. */
export function readHiddenAddress(value: Uint8Array, request: Uint8Array): Address | undefined {
  return readAddress(value, request.subarray(4, header))
}

/** §14.1 */
export function readAddress(value: Uint8Array, mask: Uint8Array = new Uint8Array(16)): Address | undefined {
  const length = value[1] === 1 ? 4 : value[1] === 2 ? 16 : 0
  if (length === 0 || value.length !== 4 + length) return undefined
  const clear = (at: number, by: number) => value[at]! ^ mask[by]!
  const port = clear(2, 0) * 256 + clear(3, 1)
  const bytes = Array.from({ length }, (_, i) => clear(4 + i, i))
  if (length === 4) return { address: bytes.join('.'), port }
  const words = Array.from({ length: 8 }, (_, i) => (bytes[2 * i]! * 256 + bytes[2 * i + 1]!).toString(16))
  return { address: words.join(':'), port }
}
