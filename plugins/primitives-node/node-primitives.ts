import * as crypto from 'node:crypto'
import { hkdf } from '@noble/hashes/hkdf.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { PalabreError, text } from '@palabre/sdk'
import { isCanonicalX25519, isSoundEd25519 } from '@palabre/sdk/contract/curve-keys'
import type { Ed25519, MlKem768, Primitives, X25519 } from '@palabre/sdk/contract/primitives'
import { aead } from './aead.ts'
import { keepPublicKeys, privateKey, rawPublic, type PublicKeys } from './raw-keys.ts'

/** OpenSSL through Node: thirty times faster on curves than JavaScript, and bit for bit the same. */
export function createNodePrimitives(): Primitives {
  requireArgon2()
  const keys = keepPublicKeys()
  return {
    name: 'node',
    randomBytes: (length) => new Uint8Array(crypto.randomBytes(length)),
    sha256: (data) => plain(crypto.hash('sha256', data, 'buffer')),
    sha512: (data) => plain(crypto.hash('sha512', data, 'buffer')),
    // Few bytes are hashed before OpenSSL has made its key object.
    hmacSha256: (key, data) =>
      data.length < 1024 ? hmac(sha256, key, data) : plain(crypto.createHmac('sha256', key).update(data).digest()),
    hkdf: (secret, salt, info, length) => hkdf(sha256, secret, salt, info, length),
    x25519: agreementWith(keys),
    ed25519: signaturesWith(keys),
    mlKem768: encapsulationWith(keys),
    aead,
    argon2id: (message, nonce, { memory, passes, lanes, length }, { signal } = {}) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted()
        crypto.argon2('argon2id', { message, nonce, memory, passes, parallelism: lanes, tagLength: length }, (error, key) => {
          // OpenSSL cannot be stopped half way; an aborted caller is told as soon as it ends.
          if (signal?.aborted) reject(signal.reason)
          else if (error) reject(error)
          else resolve(plain(key))
        })
      }),
  }
}

const agreementWith = (keys: PublicKeys): X25519 => ({
  generate(secretKey = new Uint8Array(crypto.randomBytes(32))) {
    return { secretKey, publicKey: rawPublic(privateKey('x25519', secretKey)) }
  },
  agree(secretKey, otherKey) {
    if (!isCanonicalX25519(otherKey)) return undefined
    try {
      return plain(crypto.diffieHellman({ privateKey: privateKey('x25519', secretKey), publicKey: keys.of('x25519', otherKey) }))
    } catch {
      // OpenSSL refuses a secret of zeros: the other key is of low order.
      return undefined
    }
  },
})

const signaturesWith = (keys: PublicKeys): Ed25519 => ({
  generate(seed = new Uint8Array(crypto.randomBytes(32))) {
    return { secretKey: seed, publicKey: rawPublic(privateKey('ed25519', seed)) }
  },
  sign: (seed, message) => plain(crypto.sign(null, message, privateKey('ed25519', seed))),
  verify(signer, message, signature) {
    if (signature.length !== 64 || !isSoundEd25519(signer)) return false
    try {
      return crypto.verify(null, message, keys.of('ed25519', signer), signature)
    } catch {
      return false
    }
  },
})

const encapsulationWith = (keys: PublicKeys): MlKem768 => ({
  generate(seed = new Uint8Array(crypto.randomBytes(64))) {
    return { secretKey: seed, publicKey: rawPublic(privateKey('ml-kem-768', seed)) }
  },
  encapsulate(otherKey, random) {
    // Given randomness is for known answers only, and OpenSSL does not take it.
    if (random !== undefined)
      throw new PalabreError('internal', text('randomness cannot be chosen here', 'l’aléa ne peut être choisi ici'))
    try {
      const { ciphertext, sharedKey } = crypto.encapsulate(keys.of('ml-kem-768', otherKey))
      return { cipherText: plain(ciphertext), secret: plain(sharedKey) }
    } catch {
      return undefined
    }
  },
  decapsulate(seed, cipherText) {
    if (cipherText.length !== 1088) return undefined
    return plain(crypto.decapsulate(privateKey('ml-kem-768', seed), cipherText))
  },
})

/** A view that is nobody's Buffer: methods of Buffer would behave otherwise in a browser. */
function plain(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}

function requireArgon2(): void {
  if (typeof crypto.argon2 === 'function' && typeof crypto.encapsulate === 'function') return
  throw new PalabreError(
    'wrong-version',
    text(`Node ${process.version} lacks Argon2 or ML-KEM`, `Node ${process.version} n’a pas Argon2 ou ML-KEM`),
    {
      todo: text(
        'The portable provider takes over; a newer Node is faster.',
        'Le fournisseur portable prend le relais ; un Node plus récent est plus rapide.',
      ),
    },
  )
}
