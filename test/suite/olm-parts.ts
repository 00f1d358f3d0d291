import * as crypto from 'node:crypto'
import type { Header, RatchetParts } from '@palabre/suite-ratchet/double-ratchet'
import { keyPairX25519, sharedX25519 } from './x25519.ts'

/**
 * Olm (https://gitlab.matrix.org/matrix-org/olm/-/blob/master/docs/olm.md) as parts of our ratchet: bare headers, HKDF and HMAC with
 * SHA-256, AES-256-CBC with a MAC of eight bytes over the whole message.
 * A message: 3 | 10, ratchet key behind its length | 16, number | 34, cipher text behind its length | MAC (8).
 */
export const olmParts: RatchetParts = {
  limits: { skippedAtOnce: 1000, skippedKept: 2000, skippedFor: 1e12, chains: 5 },
  generate: keyPairX25519,
  agree: sharedX25519,
  stepRoot(root, agreed) {
    const keys = Buffer.from(crypto.hkdfSync('sha256', agreed, root, 'OLM_RATCHET', 64))
    return { root: keys.subarray(0, 32), chain: keys.subarray(32), headerKey: bare }
  },
  stepChain: (chain) => ({ messageKey: hmac(chain, Buffer.of(1)), chain: hmac(chain, Buffer.of(2)) }),
  sealMessage({ messageKey }, { ratchetKey, n }, body) {
    const { cipherKey, macKey, iv } = keysOf(messageKey)
    const cipher = crypto.createCipheriv('aes-256-cbc', cipherKey, iv)
    const cipherText = Buffer.concat([cipher.update(body), cipher.final()])
    const message = Buffer.concat([Buffer.of(3), field(0x0a, ratchetKey), Buffer.of(0x10), varint(n), field(0x22, cipherText)])
    return Buffer.concat([message, hmac(macKey, message).subarray(0, 8)])
  },
  openHeader: (_bare, message) => read(message).header,
  openBody(messageKey, message) {
    const { cipherKey, macKey, iv } = keysOf(messageKey)
    if (!hmac(macKey, message.subarray(0, -8)).subarray(0, 8).equals(message.subarray(-8))) return undefined
    const decipher = crypto.createDecipheriv('aes-256-cbc', cipherKey, iv)
    return Buffer.concat([decipher.update(read(message).cipherText), decipher.final()])
  },
}

/** The first secrets: three agreements, one behind the other. */
export function olmSecrets(agreed: readonly Uint8Array[]): { root: Uint8Array; chain: Uint8Array } {
  const keys = Buffer.from(crypto.hkdfSync('sha256', Buffer.concat(agreed), Buffer.alloc(32), 'OLM_ROOT', 64))
  return { root: keys.subarray(0, 32), chain: keys.subarray(32) }
}

/** Olm's ratchets have no header keys. */
export const bare = Buffer.alloc(0)

/** Around the first messages: 3 | 10, one-time key | 18, base key | 26, identity key | 34, message; each behind its length. */
export function readFirst(message: Uint8Array) {
  const fields = fieldsOf(message.subarray(1))
  return { oneTimeKey: fields.get(0x0a)!, baseKey: fields.get(0x12)!, identityKey: fields.get(0x1a)!, message: fields.get(0x22)! }
}

export function writeFirst(oneTimeKey: Uint8Array, baseKey: Uint8Array, identityKey: Uint8Array, message: Uint8Array): Buffer {
  const fields = [field(0x0a, oneTimeKey), field(0x12, baseKey), field(0x1a, identityKey), field(0x22, message)]
  return Buffer.concat([Buffer.of(3), ...fields])
}

function read(message: Uint8Array): { header: Header; cipherText: Uint8Array } {
  const fields = fieldsOf(message.subarray(1, -8))
  const header = { ratchetKey: fields.get(0x0a)!, before: 0, n: varintAt(fields.get(0x10)!, 0).value }
  return { header, cipherText: fields.get(0x22)! }
}

function fieldsOf(bytes: Uint8Array): Map<number, Uint8Array> {
  const fields = new Map<number, Uint8Array>()
  for (let at = 0; at < bytes.length;) {
    const tag = bytes[at]!
    const { value, end } = varintAt(bytes, at + 1)
    const stop = (tag & 7) === 2 ? end + value : end
    fields.set(tag, bytes.subarray((tag & 7) === 2 ? end : at + 1, stop))
    at = stop
  }
  return fields
}

function varintAt(bytes: Uint8Array, at: number): { value: number; end: number } {
  const byte = bytes[at]!
  if (byte < 128) return { value: byte, end: at + 1 }
  const { value, end } = varintAt(bytes, at + 1)
  return { value: value * 128 + byte - 128, end }
}

function varint(value: number): Buffer {
  return value < 128 ? Buffer.of(value) : Buffer.concat([Buffer.of((value % 128) + 128), varint(Math.floor(value / 128))])
}

function field(tag: number, bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(tag), varint(bytes.length), bytes])
}

function keysOf(messageKey: Uint8Array) {
  const keys = Buffer.from(crypto.hkdfSync('sha256', messageKey, Buffer.alloc(32), 'OLM_KEYS', 80))
  return { cipherKey: keys.subarray(0, 32), macKey: keys.subarray(32, 64), iv: keys.subarray(64) }
}

function hmac(key: Uint8Array, data: Uint8Array): Buffer {
  return crypto.createHmac('sha256', key).update(data).digest()
}
