/** Bytes as text and back, the same in every host. What does not parse is `undefined`: it comes from outside. */

const hexDigits = '0123456789abcdef'

export function toHex(bytes: Uint8Array): string {
  let hex = ''
  for (const byte of bytes) hex += hexDigits[byte >> 4]! + hexDigits[byte & 15]!
  return hex
}

export function fromHex(hex: string): Uint8Array | undefined {
  if (hex.length % 2 !== 0 || !/^[0-9a-f]*$/.test(hex)) return undefined
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) => Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16))
}

/** RFC 4648 §5, without padding: safe in links. */
export function toBase64Url(bytes: Uint8Array): string {
  const pieces: string[] = []
  for (let at = 0; at < bytes.length; at += 8192) pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8192)))
  return btoa(pieces.join('')).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** Refuses other spellings of the same bytes, so that a text has one meaning and bytes have one text. */
export function fromBase64Url(said: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(said) || said.length % 4 === 1) return undefined
  const bytes = Uint8Array.from(atob(said.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
  return toBase64Url(bytes) === said ? bytes : undefined
}

export function joinBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

/** Takes the same time wherever they differ. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let index = 0; index < a.length; index++) difference |= a[index]! ^ b[index]!
  return difference === 0
}

export const utf8 = {
  encode: (said: string): Uint8Array => new TextEncoder().encode(said),
  /** Undefined when it is not well-formed. */
  decode(bytes: Uint8Array): string | undefined {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    } catch {
      return undefined
    }
  },
}
