/**
 * Which encodings of curve points are refused, in one place for all providers: libraries disagree on the odd ones, and a key that
 * one side takes and the other does not is a way to split a conversation.
 */

/** 32 bytes, little-endian, below 2^255 - 19 with the top bit clear. */
export function isCanonicalX25519(key: Uint8Array): boolean {
  return key.length === 32 && (key[31]! & 0x80) === 0 && isBelowPrime(key)
}

/** 32 bytes whose y is below 2^255 - 19, and not one of the points of small order. The top bit is the sign of x. */
export function isSoundEd25519(key: Uint8Array): boolean {
  if (key.length !== 32) return false
  const y = Uint8Array.from(key)
  y[31]! &= 0x7f
  return isBelowPrime(y) && !smallOrder.has(hexOf(y))
}

function isBelowPrime(littleEndian: Uint8Array): boolean {
  if (littleEndian[31] !== 0x7f) return true
  for (let i = 30; i > 0; i--) if (littleEndian[i] !== 0xff) return true
  return littleEndian[0]! < 0xed
}

/** The y of the eight points whose order divides 8, whichever the sign of x. */
const smallOrder = new Set([
  '00'.repeat(32),
  `01${'00'.repeat(31)}`,
  `ec${'ff'.repeat(30)}7f`,
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
])

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
