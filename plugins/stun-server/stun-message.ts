/** RFC 8489 as far as a binding needs it: a fixed header, a cookie, attributes of which one matters. */

const header = 20
const cookie = 0x2112a442
const bindingRequest = 0x0001
const bindingSuccess = 0x0101
const bindingError = 0x0111
const xorMappedAddress = 0x0020
const errorCode = 0x0009
const unknownAttributes = 0x000a
const fingerprint = 0x8028

/** What authenticates a request (RFC 8489 §9): we serve everybody, and ignore who they say they are. */
const understood = new Set([0x0006, 0x0008, 0x0014, 0x0015, 0x001c, 0x001d, 0x001e])

/** The longest request that is looked at; a binding request is 20 bytes and seldom 100. */
export const longestRequest = 548

export interface StunRequest {
  /** 12 bytes that the answer repeats. */
  readonly transaction: Uint8Array
  /** Attributes that it wants understood and that we do not know (§6.3.1). */
  readonly unknown: readonly number[]
  readonly hasFingerprint: boolean
}

/** Where a datagram came from. */
export interface Origin {
  readonly address: string
  readonly port: number
}

/** `undefined` for whatever is not a sound binding request: nothing is answered to that. */
export function readRequest(bytes: Uint8Array): StunRequest | undefined {
  if (bytes.length < header || bytes.length > longestRequest) return undefined
  const view = viewOf(bytes)
  const length = view.getUint16(2)
  if (view.getUint16(0) !== bindingRequest || view.getUint32(4) !== cookie) return undefined
  if (length % 4 !== 0 || header + length !== bytes.length) return undefined
  const unknown: number[] = []
  let hasFingerprint = false
  for (let at = header; at < bytes.length;) {
    // The length is a multiple of four, so there is room for the head of an attribute.
    const kind = view.getUint16(at)
    const size = view.getUint16(at + 2)
    const next = at + 4 + Math.ceil(size / 4) * 4
    if (next > bytes.length) return undefined
    if (kind === fingerprint) {
      if (size !== 4 || next !== bytes.length || view.getUint32(at + 4) !== fingerprintOf(bytes.subarray(0, at))) return undefined
      hasFingerprint = true
    } else if (kind < 0x8000 && !understood.has(kind)) unknown.push(kind)
    at = next
  }
  return { transaction: bytes.slice(8, header), unknown, hasFingerprint }
}

/** Tells the asker where it was seen, or which attributes keep us from answering. */
export function writeAnswer({ transaction, unknown, hasFingerprint }: StunRequest, origin: Origin): Uint8Array {
  if (unknown.length === 0) return message(bindingSuccess, transaction, [mapped(origin, transaction)], hasFingerprint)
  const reason = Uint8Array.of(0, 0, 4, 20, ...new TextEncoder().encode('Unknown Attribute'))
  const named = new Uint8Array(unknown.length * 2)
  for (const [index, kind] of unknown.entries()) viewOf(named).setUint16(index * 2, kind)
  const attributes = [attribute(errorCode, reason), attribute(unknownAttributes, named)]
  return message(bindingError, transaction, attributes, hasFingerprint)
}

function message(type: number, transaction: Uint8Array, attributes: readonly Uint8Array[], hasFingerprint: boolean): Uint8Array {
  const body = attributes.reduce((sum, { length }) => sum + length, 0)
  const bytes = new Uint8Array(header + body + (hasFingerprint ? 8 : 0))
  const view = viewOf(bytes)
  view.setUint16(0, type)
  view.setUint16(2, bytes.length - header)
  view.setUint32(4, cookie)
  bytes.set(transaction, 8)
  let at = header
  for (const one of attributes) {
    bytes.set(one, at)
    at += one.length
  }
  if (hasFingerprint) {
    view.setUint16(at, fingerprint)
    view.setUint16(at + 2, 4)
    view.setUint32(at + 4, fingerprintOf(bytes.subarray(0, at)))
  }
  return bytes
}

function attribute(kind: number, value: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + Math.ceil(value.length / 4) * 4)
  viewOf(bytes).setUint16(0, kind)
  viewOf(bytes).setUint16(2, value.length)
  bytes.set(value, 4)
  return bytes
}

/** §14.2: mixed with the cookie and the transaction, so that no box on the way mistakes it for an address to rewrite. */
function mapped({ address, port }: Origin, transaction: Uint8Array): Uint8Array {
  const host = hostBytes(address)
  const value = new Uint8Array(4 + host.length)
  value[1] = host.length === 4 ? 1 : 2
  viewOf(value).setUint16(2, port ^ (cookie >>> 16))
  const mask = maskOf(transaction)
  host.forEach((byte, index) => (value[4 + index] = byte ^ mask[index]!))
  return attribute(xorMappedAddress, value)
}

function maskOf(transaction: Uint8Array): Uint8Array {
  return Uint8Array.of(0x21, 0x12, 0xa4, 0x42, ...transaction)
}

/** Of the text that the operating system gave. An IPv4 peer of an IPv6 socket is `::ffff:192.0.2.1`. */
function hostBytes(address: string): Uint8Array {
  const dotted = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (dotted !== null) return Uint8Array.from(dotted[1]!.split('.'), Number)
  const [plain = ''] = address.split('%')
  const [left = '', right] = plain.split('::')
  const groups = (part: string) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)))
  const [head, tail] = [groups(left), groups(right ?? '')]
  const all = right === undefined ? head : [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail]
  return Uint8Array.from(all.flatMap((group) => [group >> 8, group & 255]))
}

/** §14.7: CRC-32 of all before it, mixed with a word of its own. */
function fingerprintOf(bytes: Uint8Array): number {
  let crc = 0xffff_ffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb8_8320 : crc >>> 1
  }
  return (crc ^ 0xffff_ffff ^ 0x5354_554e) >>> 0
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
