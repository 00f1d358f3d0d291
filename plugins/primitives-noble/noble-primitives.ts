import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { ed25519, x25519 } from '@noble/curves/ed25519.js'
import { argon2idAsync } from '@noble/hashes/argon2.js'
import { hkdf } from '@noble/hashes/hkdf.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js'
import { isCanonicalX25519, isSoundEd25519 } from '@palabre/sdk/contract/curve-keys'
import type { Aead, Ed25519, MlKem768, Primitives, X25519 } from '@palabre/sdk/contract/primitives'

/** The portable provider and the reference of the other one: audited JavaScript, the same on every platform. */
export function createNoblePrimitives(): Primitives {
  return {
    name: 'noble',
    randomBytes,
    sha256: (data) => sha256(data),
    sha512: (data) => sha512(data),
    hmacSha256: (key, data) => hmac(sha256, key, data),
    hkdf: (secret, salt, info, length) => hkdf(sha256, secret, salt, info, length),
    x25519: agreement,
    ed25519: signatures,
    mlKem768: encapsulation,
    aead,
    async argon2id(password, salt, { memory, passes, lanes, length }, { signal } = {}) {
      // Progress is told often enough to serve as the place where an abort is seen.
      const onProgress = () => signal?.throwIfAborted()
      return argon2idAsync(password, salt, { m: memory, t: passes, p: lanes, dkLen: length, onProgress })
    },
  }
}

const agreement: X25519 = {
  generate(secretKey = randomBytes(32)) {
    return { secretKey, publicKey: x25519.getPublicKey(secretKey) }
  },
  agree(secretKey, publicKey) {
    if (!isCanonicalX25519(publicKey)) return undefined
    try {
      return x25519.getSharedSecret(secretKey, publicKey)
    } catch {
      // The one failure left: a point of low order, which would give a secret that everybody knows.
      return undefined
    }
  },
}

const signatures: Ed25519 = {
  generate(seed = randomBytes(32)) {
    return { secretKey: seed, publicKey: ed25519.getPublicKey(seed) }
  },
  sign: (seed, message) => ed25519.sign(message, seed),
  verify(publicKey, message, signature) {
    if (signature.length !== 64 || !isSoundEd25519(publicKey)) return false
    try {
      return holdsWithoutCofactor(publicKey, message, signature)
    } catch {
      return false
    }
  },
}

const { Point } = ed25519

/**
 * RFC 8032 §5.1.7 with the equation taken literally: [S]B = R + [k]A, compared as bytes of R. The library's own check multiplies by
 * the cofactor, and then takes a few crafted signatures that OpenSSL refuses.
 */
function holdsWithoutCofactor(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const r = signature.subarray(0, 32)
  const s = littleEndian(signature.subarray(32))
  if (s >= Point.Fn.ORDER) return false
  const k = littleEndian(sha512(concat(r, publicKey, message))) % Point.Fn.ORDER
  const a = Point.fromBytes(publicKey, false)
  const sB = s === 0n ? Point.ZERO : Point.BASE.multiplyUnsafe(s)
  const kA = k === 0n ? Point.ZERO : a.multiplyUnsafe(k)
  return equal(sB.subtract(kA).toBytes(), r)
}

const encapsulation: MlKem768 = {
  generate(seed = randomBytes(64)) {
    return { secretKey: seed, publicKey: ml_kem768.keygen(seed).publicKey }
  },
  encapsulate(publicKey, random) {
    try {
      const { cipherText, sharedSecret } = ml_kem768.encapsulate(publicKey, random)
      return { cipherText, secret: sharedSecret }
    } catch {
      return undefined
    }
  },
  decapsulate(secretKey, cipherText) {
    if (cipherText.length !== 1088) return undefined
    return ml_kem768.decapsulate(cipherText, ml_kem768.keygen(secretKey).secretKey)
  },
}

const aead: Aead = {
  seal: (key, nonce, plaintext, associated) => xchacha20poly1305(key, nonce, associated).encrypt(plaintext),
  open(key, nonce, sealed, associated) {
    if (sealed.length < 16) return undefined
    try {
      return xchacha20poly1305(key, nonce, associated).decrypt(sealed)
    } catch {
      return undefined
    }
  },
}

function randomBytes(length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  // The platform gives at most 64 KiB at a time.
  for (let at = 0; at < length; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536))
  return bytes
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n)
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}
