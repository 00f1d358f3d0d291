import * as crypto from 'node:crypto'
import type { RatchetParts } from '@palabre/suite-ratchet/double-ratchet'
import type { SpecParts } from './spec-twin.ts'

/**
 * Another set of algorithms for the same ratchet, straight from node:crypto: P-256, HKDF and HMAC with SHA-512, AES-256-GCM.
 * A message: length of the sealed header (2) | iv (12) | sealed header | sealed body. Nothing in it is random, so that two
 * implementations must say the same bytes.
 */
export function specParts(side: string): SpecParts {
  return {
    GENERATE_DH: (made) => keyPair(`${side} ${made}`),
    DH(secret, publicKey) {
      const own = crypto.createECDH(curve)
      own.setPrivateKey(secret)
      return own.computeSecret(publicKey)
    },
    KDF_RK_HE(rk, dh) {
      const keys = Buffer.from(crypto.hkdfSync('sha512', dh, rk, 'another ratchet', 96))
      return [keys.subarray(0, 32), keys.subarray(32, 64), keys.subarray(64)]
    },
    KDF_CK: (ck) => [mac(ck, 'chain').subarray(0, 32), mac(ck, 'message').subarray(0, 32)],
    ENCRYPT(hk, mk, { dh, pn, n }, plaintext, ad) {
      const iv = mac(mk, 'iv').subarray(0, 12)
      const numbers = Buffer.alloc(8)
      numbers.writeUInt32LE(pn)
      numbers.writeUInt32LE(n, 4)
      const header = seal(hk, iv, Buffer.concat([numbers, dh]), ad)
      const length = Buffer.of(header.length >> 8, header.length & 255)
      return Buffer.concat([length, iv, header, seal(mk, iv, plaintext, Buffer.concat([ad, header]))])
    },
    HDECRYPT(hk, message, ad) {
      const { iv, header } = split(message)
      const opened = open(hk, iv, header, ad)
      return opened && { pn: opened.readUInt32LE(0), n: opened.readUInt32LE(4), dh: opened.subarray(8) }
    },
    DECRYPT(mk, message, ad) {
      const { iv, header, body } = split(message)
      return open(mk, iv, body, Buffer.concat([ad, header]))
    },
  }
}

/** The same as parts of the fast one. */
export function otherParts(side: string): RatchetParts {
  const spec = specParts(side)
  let made = 0
  return {
    limits: { skippedAtOnce: 1000, skippedKept: 2000, skippedFor: 1e12, chains: 100 },
    generate() {
      const own = spec.GENERATE_DH(made++)
      return { secretKey: own.secret, publicKey: own.public }
    },
    agree: (secret, publicKey) => spec.DH(secret, publicKey),
    stepRoot(rk, dh) {
      const [root, chain, headerKey] = spec.KDF_RK_HE(rk, dh)
      return { root, chain, headerKey }
    },
    stepChain(ck) {
      const [chain, messageKey] = spec.KDF_CK(ck)
      return { chain, messageKey }
    },
    sealMessage: ({ headerKey, messageKey }, { ratchetKey, before, n }, body, said) =>
      spec.ENCRYPT(headerKey, messageKey, { dh: ratchetKey, pn: before, n }, body, said),
    openHeader(headerKey, message, said) {
      const header = spec.HDECRYPT(headerKey, message, said)
      return header && { ratchetKey: header.dh, before: header.pn, n: header.n }
    },
    openBody: (messageKey, message, said) => spec.DECRYPT(messageKey, message, said),
  }
}

const curve = 'prime256v1'

export function keyPair(name: string) {
  const own = crypto.createECDH(curve)
  own.setPrivateKey(crypto.hash('sha256', name, 'buffer'))
  return { secret: own.getPrivateKey(), public: own.getPublicKey(null, 'compressed') }
}

function mac(key: Uint8Array, what: string): Buffer {
  return crypto.createHmac('sha512', key).update(what).digest()
}

function seal(key: Uint8Array, iv: Uint8Array, plaintext: Uint8Array, ad: Uint8Array): Buffer {
  const cipher = crypto.createCipheriv('aes-256-gcm', key, iv).setAAD(ad)
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
}

function open(key: Uint8Array, iv: Uint8Array, sealed: Uint8Array, ad: Uint8Array): Buffer | undefined {
  if (sealed.length < 16) return undefined
  const decipher = crypto.createDecipheriv('aes-256-gcm', key, iv).setAAD(ad).setAuthTag(sealed.subarray(-16))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
  } catch {
    return undefined
  }
}

function split(message: Uint8Array) {
  const bodyAt = 14 + message[0]! * 256 + message[1]!
  return { iv: message.subarray(2, 14), header: message.subarray(14, bodyAt), body: message.subarray(bodyAt) }
}
