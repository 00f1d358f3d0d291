import * as crypto from 'node:crypto'

/** Making key objects costs more than using them, and conversations use the same few: the last ones are kept. */

export type Algorithm = 'x25519' | 'ed25519' | 'ml-kem-768'

const kept = 256
const publicKeys = new Map<string, crypto.KeyObject>()

export function publicKey(algorithm: Algorithm, raw: Uint8Array): crypto.KeyObject {
  const name = `${algorithm} ${Buffer.from(raw).toString('latin1')}`
  const known = publicKeys.get(name)
  if (known !== undefined) return known
  const made = crypto.createPublicKey({ key: Buffer.from(raw), format: 'raw-public', asymmetricKeyType: algorithm } as never)
  publicKeys.set(name, made)
  if (publicKeys.size > kept) publicKeys.delete(publicKeys.keys().next().value!)
  return made
}

/** Never kept: a secret lives only as long as its caller holds it. */
export function privateKey(algorithm: Algorithm, raw: Uint8Array): crypto.KeyObject {
  const format = algorithm === 'ml-kem-768' ? 'raw-seed' : 'raw-private'
  return crypto.createPrivateKey({ key: Buffer.from(raw), format, asymmetricKeyType: algorithm } as never)
}

export function rawPublic(key: crypto.KeyObject): Uint8Array {
  return new Uint8Array(crypto.createPublicKey(key as never).export({ format: 'raw-public' } as never) as unknown as Buffer)
}
