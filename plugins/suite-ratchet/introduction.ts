import { labels } from '@palabre/sdk/contract/labels'
import type { Identity } from '@palabre/sdk/contract/identity'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import { parse } from './byte-reader.ts'
import { join, number, numberAt, same } from './bytes.ts'
import { limits } from './limits.ts'

/**
 * What precedes every message until the other side has answered. A stranger sees random bytes:
 * ephemeral key (32) | hint (8) | KEM cipher text (1088) | nonce (24) | sealed: signing key (32), agreement key (32), its signature
 * (64), how often it was tried (1), ids of the ratchets known when this one began (5 × 8).
 */
export interface Introduction {
  readonly ephemeral: Uint8Array
  readonly hint: Uint8Array
  readonly cipherText: Uint8Array
  readonly nonce: Uint8Array
  readonly sealed: Uint8Array
}

export interface Introduced extends Standing {
  readonly signingKey: Uint8Array
  readonly agreementKey: Uint8Array
}

/** What decides between two beginnings that crossed. */
export interface Standing {
  readonly attempt: number
  readonly knew: Uint8Array
}

export const introductionSize = 32 + 8 + 1088 + 24 + 129 + 8 * limits.ratchets + 16

export function splitIntroduction(message: Uint8Array): Introduction | undefined {
  if (message.length < introductionSize) return undefined
  return parse(message.subarray(0, introductionSize), (from) => ({
    ephemeral: from.take(32),
    hint: from.take(8),
    cipherText: from.take(1088),
    nonce: from.take(24),
    sealed: from.take(introductionSize - 1152),
  }))
}

/** The key only the two know: from the ephemeral key against the prekey, and the KEM. */
export function introductionKey(
  { hkdf }: Primitives,
  ephemeral: Uint8Array,
  agreed: Uint8Array,
  kemSecret: Uint8Array,
): Uint8Array {
  return hkdf(join(agreed, kemSecret), ephemeral, encode(labels.ratchet.introduction), 32)
}

export function sealIntroduction(
  { aead, randomBytes }: Primitives,
  me: Identity,
  key: Uint8Array,
  head: Uint8Array,
  { attempt, knew }: Standing,
): Uint8Array {
  const nonce = randomBytes(24)
  const inside = join(me.signingKey, me.agreementKey, me.agreementSignature, number(attempt, 1), knew)
  return join(head, nonce, aead.seal(key, nonce, inside, head))
}

/** Undefined unless it opens and the agreement key is that of the signing key. */
export function openIntroduction(
  { aead }: Primitives,
  me: Identity,
  key: Uint8Array,
  { ephemeral, hint, cipherText, nonce, sealed }: Introduction,
): Introduced | undefined {
  const inside = aead.open(key, nonce, sealed, join(ephemeral, hint, cipherText))
  if (inside === undefined) return undefined
  const [signingKey, agreementKey] = [inside.slice(0, 32), inside.slice(32, 64)]
  const isTheirs =
    !same(signingKey, me.signingKey) && me.verify(signingKey, 'agreement-key', agreementKey, inside.subarray(64, 128))
  return isTheirs
    ? { signingKey, agreementKey, attempt: Math.min(inside[128]!, limits.attempts), knew: inside.slice(129) }
    : undefined
}

/** Names the prekey to who holds it, and the one-time key under a mask that only somebody who has seen the offer can lift. */
export function hintFor(primitives: Primitives, ephemeral: Uint8Array, prekey: Uint8Array, oneTimeId: number): Uint8Array {
  const mask = maskOf(primitives, ephemeral, prekey)
  const masked = number(oneTimeId, 4).map((byte, i) => byte ^ mask[4 + i]!)
  return join(mask.subarray(0, 4), masked)
}

/** The id of the one-time key when the hint is for this prekey. */
export function readHint(primitives: Primitives, { ephemeral, hint }: Introduction, prekey: Uint8Array): number | undefined {
  const mask = maskOf(primitives, ephemeral, prekey)
  if (!same(mask.subarray(0, 4), hint.subarray(0, 4))) return undefined
  return numberAt(
    hint.subarray(4).map((byte, i) => byte ^ mask[4 + i]!),
    0,
    4,
  )
}

function maskOf({ sha256 }: Primitives, ephemeral: Uint8Array, prekey: Uint8Array): Uint8Array {
  return sha256(join(encode(labels.ratchet.hint), ephemeral, prekey))
}

function encode(label: string): Uint8Array {
  return new TextEncoder().encode(label)
}
