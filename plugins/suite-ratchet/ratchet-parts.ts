import { labels } from '@palabre/sdk/contract/labels'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import { join, number, numberAt } from './bytes.ts'
import type { Header, RatchetParts } from './double-ratchet.ts'
import { limits } from './limits.ts'

/**
 * What the ratchet is made of here: X25519, HKDF and HMAC with SHA-256, XChaCha20-Poly1305.
 * A message: nonce (24) | sealed header (40 + 16) | sealed body (n + 16). Nonces are random, since a state that was restored from a
 * copy would count the same ones again; header and body have keys of their own and can share one.
 */
export function ratchetParts({ x25519, hkdf, hmacSha256, aead, randomBytes }: Primitives): RatchetParts {
  return {
    limits,
    generate: () => x25519.generate(),
    agree: (secretKey, publicKey) => x25519.agree(secretKey, publicKey),
    stepRoot(root, agreed) {
      const keys = hkdf(agreed, root, rootLabel, 96)
      return { root: keys.slice(0, 32), chain: keys.slice(32, 64), headerKey: keys.slice(64) }
    },
    stepChain: (chain) => ({ messageKey: hmacSha256(chain, one), chain: hmacSha256(chain, two) }),
    sealMessage({ headerKey, messageKey }, header, body, said) {
      const nonce = randomBytes(nonceSize)
      const sealedHeader = aead.seal(headerKey, nonce, encodeHeader(header), said)
      return join(nonce, sealedHeader, aead.seal(messageKey, nonce, body, join(said, sealedHeader)))
    },
    openHeader(headerKey, message, said) {
      if (message.length < messageOverhead) return undefined
      const header = aead.open(headerKey, message.subarray(0, nonceSize), message.subarray(nonceSize, bodyAt), said)
      return header && decodeHeader(header)
    },
    openBody: (messageKey, message, said) =>
      aead.open(
        messageKey,
        message.subarray(0, nonceSize),
        message.subarray(bodyAt),
        join(said, message.subarray(nonceSize, bodyAt)),
      ),
  }
}

const nonceSize = 24
const tagSize = 16
const headerSize = 40
const bodyAt = nonceSize + headerSize + tagSize

/** How much longer a message is than its body. */
export const messageOverhead = bodyAt + tagSize

function encodeHeader({ ratchetKey, before, n }: Header): Uint8Array {
  return join(ratchetKey, number(before, 4), number(n, 4))
}

/** It passed its seal, so it has its length. */
function decodeHeader(bytes: Uint8Array): Header {
  return { ratchetKey: bytes.slice(0, 32), before: numberAt(bytes, 32, 4), n: numberAt(bytes, 36, 4) }
}

const rootLabel = new TextEncoder().encode(labels.ratchet.root)
const one = Uint8Array.of(1)
const two = Uint8Array.of(2)
