import * as crypto from 'node:crypto'
import type { KeyPair } from '@palabre/sdk/contract/primitives'

export function keyPairX25519(): KeyPair {
  const { privateKey, publicKey } = crypto.generateKeyPairSync('x25519')
  return { secretKey: raw(privateKey.export({ format: 'jwk' }).d!), publicKey: raw(publicKey.export({ format: 'jwk' }).x!) }
}

export function sharedX25519(secretKey: Uint8Array, publicKey: Uint8Array): Uint8Array {
  const x = Buffer.from(publicKey).toString('base64url')
  const d = Buffer.from(secretKey).toString('base64url')
  // Node does not look whether `x` belongs to `d`.
  const privateKey = crypto.createPrivateKey({ key: { kty: 'OKP', crv: 'X25519', x, d }, format: 'jwk' })
  const other = crypto.createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' })
  return crypto.diffieHellman({ privateKey, publicKey: other })
}

function raw(text: string): Buffer {
  return Buffer.from(text, 'base64url')
}
