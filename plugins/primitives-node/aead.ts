import * as crypto from 'node:crypto'
import { hchacha, xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import type { Aead } from '@palabre/sdk/contract/primitives'

/**
 * XChaCha20-Poly1305, which OpenSSL does not have: HChaCha20 derives a subkey, and OpenSSL's ChaCha20-Poly1305 does the rest.
 * Below two kilobytes the way into OpenSSL costs more than JavaScript, so small messages stay there. Both give the same bytes.
 */
export const aead: Aead = {
  seal: (key, nonce, plaintext, associated) =>
    plaintext.length < worthwhile
      ? xchacha20poly1305(key, nonce, associated).encrypt(plaintext)
      : sealLarge(key, nonce, plaintext, associated),
  open(key, nonce, sealed, associated) {
    if (sealed.length < tag) return undefined
    try {
      return sealed.length < worthwhile
        ? xchacha20poly1305(key, nonce, associated).decrypt(sealed)
        : openLarge(key, nonce, sealed, associated)
    } catch {
      return undefined
    }
  },
}

const worthwhile = 2048
const tag = 16

function sealLarge(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array, associated: Uint8Array): Uint8Array {
  const cipher = crypto.createCipheriv('chacha20-poly1305', subkey(key, nonce), shortNonce(nonce), { authTagLength: tag })
  cipher.setAAD(associated, { plaintextLength: plaintext.length })
  const sealed = new Uint8Array(plaintext.length + tag)
  sealed.set(cipher.update(plaintext))
  cipher.final()
  sealed.set(cipher.getAuthTag(), plaintext.length)
  return sealed
}

function openLarge(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array, associated: Uint8Array): Uint8Array {
  const length = sealed.length - tag
  const decipher = crypto.createDecipheriv('chacha20-poly1305', subkey(key, nonce), shortNonce(nonce), { authTagLength: tag })
  decipher.setAAD(associated, { plaintextLength: length })
  decipher.setAuthTag(sealed.subarray(length))
  const plaintext = decipher.update(sealed.subarray(0, length))
  decipher.final()
  return new Uint8Array(plaintext.buffer, plaintext.byteOffset, plaintext.byteLength)
}

/** HChaCha20 over the first 16 bytes of the nonce. */
function subkey(key: Uint8Array, nonce: Uint8Array): Uint8Array {
  const out = new Uint32Array(8)
  hchacha(sigma, words(key), words(nonce.subarray(0, 16)), out)
  return new Uint8Array(out.buffer)
}

/** Four zero bytes, then the last eight of the nonce. */
function shortNonce(nonce: Uint8Array): Uint8Array {
  const short = new Uint8Array(12)
  short.set(nonce.subarray(16), 4)
  return short
}

function words(bytes: Uint8Array): Uint32Array {
  const copy = Uint8Array.from(bytes)
  return new Uint32Array(copy.buffer)
}

const sigma = words(new TextEncoder().encode('expand 32-byte k'))
