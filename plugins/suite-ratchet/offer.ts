import type { Identity } from '@palabre/sdk/contract/identity'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import { parse } from './byte-reader.ts'
import { join, number, same } from './bytes.ts'
import type { Generation, OneTime } from './prekeys.ts'

/** What somebody needs to write to me first. */
export interface Offer {
  readonly signingKey: Uint8Array
  readonly agreementKey: Uint8Array
  readonly prekey: Uint8Array
  readonly kemKey: Uint8Array
  /** 0 when the offer has no one-time key. */
  readonly oneTimeId: number
  readonly oneTimeKey: Uint8Array | undefined
}

const version = 1

/**
 * version (1) | signing key (32) | agreement key (32), its signature (64) | prekey (32) | KEM key (1184) | id (4) | one-time key (32,
 * unless the id is 0) | signature for `prekey` over all before it (64).
 */
export function makeOffer({ x25519, mlKem768 }: Primitives, me: Identity, generation: Generation, one?: OneTime): Uint8Array {
  const unsigned = join(
    number(version, 1),
    me.signingKey,
    me.agreementKey,
    me.agreementSignature,
    generation.prekey.publicKey,
    mlKem768.generate(one?.kemSeed ?? generation.kemSeed).publicKey,
    number(one?.id ?? 0, 4),
    ...(one === undefined ? [] : [x25519.generate(one.secret).publicKey]),
  )
  return join(unsigned, me.sign('prekey', unsigned))
}

/** Undefined unless it is whole and signed by `them`. */
export function readOffer(me: Identity, bytes: Uint8Array, them: Uint8Array): Offer | undefined {
  const read = parse(bytes, (from) => {
    if (from.number(1) !== version) return undefined
    const signingKey = from.take(32)
    const agreementKey = from.take(32)
    const agreementSignature = from.take(64)
    const prekey = from.take(32)
    const kemKey = from.take(1184)
    const oneTimeId = from.number(4)
    const oneTimeKey = oneTimeId === 0 ? undefined : from.take(32)
    const offer = { signingKey, agreementKey, prekey, kemKey, oneTimeId, oneTimeKey }
    return { offer, agreementSignature, signature: from.take(64) }
  })
  if (read === undefined || !same(read.offer.signingKey, them)) return undefined
  const isSigned =
    me.verify(them, 'prekey', bytes.subarray(0, -64), read.signature) &&
    me.verify(them, 'agreement-key', read.offer.agreementKey, read.agreementSignature)
  return isSigned ? read.offer : undefined
}
