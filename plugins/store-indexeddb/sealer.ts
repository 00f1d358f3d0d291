import type { Primitives } from '@palabre/sdk/contract/primitives'
import { damaged } from './faults.ts'

/**
 * Values go into the database sealed, and names as codes that only the key gives. Not by the browser's own cryptography, which makes
 * one wait: a transaction of IndexedDB ends as soon as it is waited for anything else.
 */
export interface Sealer {
  /** The same for the same name in the same place, and telling nothing. */
  code(place: string, ...name: readonly string[]): string
  /** Opens only under the same name. */
  seal(under: string, value: Uint8Array): Uint8Array
  open(under: string, sealed: Uint8Array): Uint8Array
  sealJson(under: string, value: unknown): Uint8Array
  openJson(under: string, sealed: Uint8Array): unknown
  forget(): void
}

const [nonceLength, tagLength] = [24, 16]

export function createSealer({ aead, hmacSha256, randomBytes }: Primitives, values: Uint8Array, names: Uint8Array): Sealer {
  const seal = (under: string, value: Uint8Array) => {
    const nonce = randomBytes(nonceLength)
    const sealed = new Uint8Array(nonceLength + value.length + tagLength)
    sealed.set(nonce)
    sealed.set(aead.seal(values, nonce, value, encode(under)), nonceLength)
    return sealed
  }
  const open = (under: string, sealed: Uint8Array) => {
    if (!(sealed instanceof Uint8Array) || sealed.length < nonceLength + tagLength) throw damaged()
    const value = aead.open(values, sealed.subarray(0, nonceLength), sealed.subarray(nonceLength), encode(under))
    if (value === undefined) throw damaged()
    return value
  }

  return {
    code: (place, ...name) => hexOf(hmacSha256(names, encode(JSON.stringify([place, ...name]))).subarray(0, 16)),
    seal,
    open,
    sealJson: (under, value) => seal(under, encode(JSON.stringify(value))),
    openJson: (under, sealed) => JSON.parse(new TextDecoder('utf-8', { ignoreBOM: true }).decode(open(under, sealed))) as unknown,
    forget() {
      values.fill(0)
      names.fill(0)
    },
  }
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
