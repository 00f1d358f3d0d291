import * as crypto from 'node:crypto'

export type Algorithm = 'x25519' | 'ed25519' | 'ml-kem-768'

/** Key objects of OpenSSL for raw public keys. */
export interface PublicKeys {
  of(algorithm: Algorithm, raw: Uint8Array): crypto.KeyObject
}

/** Making key objects costs more than using them, and conversations use the same few: the last ones made are kept. */
export function keepPublicKeys(limit = 256): PublicKeys {
  const kept = new Map<string, crypto.KeyObject>()
  return {
    of(algorithm, raw) {
      const name = `${algorithm} ${Buffer.from(raw).toString('latin1')}`
      const known = kept.get(name)
      if (known !== undefined) return known
      const made = crypto.createPublicKey({ key: Buffer.from(raw), format: 'raw-public', asymmetricKeyType: algorithm } as never)
      kept.set(name, made)
      if (kept.size > limit) kept.delete(kept.keys().next().value!)
      return made
    },
  }
}

/** Never kept: a secret lives only as long as its caller holds it. */
export function privateKey(algorithm: Algorithm, raw: Uint8Array): crypto.KeyObject {
  const format = algorithm === 'ml-kem-768' ? 'raw-seed' : 'raw-private'
  return crypto.createPrivateKey({ key: Buffer.from(raw), format, asymmetricKeyType: algorithm } as never)
}

export function rawPublic(key: crypto.KeyObject): Uint8Array {
  return new Uint8Array(crypto.createPublicKey(key as never).export({ format: 'raw-public' } as never) as unknown as Buffer)
}
