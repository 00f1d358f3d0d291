import type { Identity } from '@palabre/sdk/contract/identity'
import { labels } from '@palabre/sdk/contract/labels'
import type { KeyPair, Primitives } from '@palabre/sdk/contract/primitives'
import { join, nothing } from './bytes.ts'
import type { FirstSecrets } from './double-ratchet.ts'
import {
  hintFor,
  introductionKey,
  openIntroduction,
  readHint,
  sealIntroduction,
  type Introduced,
  type Introduction,
  type Standing,
} from './introduction.ts'
import type { Offer } from './offer.ts'
import type { Generation, OneTime, PrekeyState } from './prekeys.ts'

/** What an agreement gives to each side. `id` names it; `binding` is said with every message, so that none fits elsewhere. */
export interface Agreed {
  readonly id: Uint8Array
  readonly secrets: FirstSecrets
  readonly binding: Uint8Array
}

/** X3DH with a share of ML-KEM-768, from the side that begins. Undefined when a key in the offer must be refused. */
export function agreeFirst(
  primitives: Primitives,
  me: Identity,
  offer: Offer,
  standing: Standing,
): (Agreed & { readonly introduction: Uint8Array }) | undefined {
  const { x25519, mlKem768 } = primitives
  const ephemeral = x25519.generate()
  const kem = mlKem768.encapsulate(offer.kemKey)
  const shares = [
    me.agree(offer.prekey),
    x25519.agree(ephemeral.secretKey, offer.agreementKey),
    x25519.agree(ephemeral.secretKey, offer.prekey),
    offer.oneTimeKey === undefined ? nothing : x25519.agree(ephemeral.secretKey, offer.oneTimeKey),
  ]
  if (kem === undefined || !areAll(shares)) return undefined
  const hint = hintFor(primitives, ephemeral.publicKey, offer.prekey, offer.oneTimeId)
  const head = join(ephemeral.publicKey, hint, kem.cipherText)
  const key = introductionKey(primitives, ephemeral.publicKey, shares[2]!, kem.secret)
  const introduction = sealIntroduction(primitives, me, key, head, standing)
  const publicKeys = [me.signingKey, me.agreementKey, offer.signingKey, offer.agreementKey]
  const offered = [offer.prekey, offer.kemKey, offer.oneTimeKey ?? nothing]
  return { introduction, ...derive(primitives, introduction, [...shares, kem.secret], [...publicKeys, ...offered]) }
}

export interface Found {
  readonly generation: Generation
  readonly oneTime: OneTime | undefined
}

/** Which of my keys it takes up: undefined when it is none, or a one-time key that was used. */
export function findKeys(primitives: Primitives, prekeys: PrekeyState, introduction: Introduction): Found | undefined {
  for (const generation of prekeys.generations) {
    const id = readHint(primitives, introduction, generation.prekey.publicKey)
    if (id === undefined) continue
    const oneTime = generation.given.find((one) => one.id === id)
    if (id === 0 || oneTime !== undefined) return { generation, oneTime }
  }
  return undefined
}

/** The same from the side that answers. Undefined when the introduction is not for these keys, or altered. */
export function agreeSecond(
  primitives: Primitives,
  me: Identity,
  { generation, oneTime }: Found,
  bytes: Uint8Array,
  introduction: Introduction,
): { readonly introduced: Introduced; agree(): Agreed | undefined } | undefined {
  const { x25519, mlKem768 } = primitives
  const { ephemeral } = introduction
  const kem = mlKem768.generate(oneTime?.kemSeed ?? generation.kemSeed)
  const kemSecret = mlKem768.decapsulate(kem.secretKey, introduction.cipherText)
  const third = x25519.agree(generation.prekey.secretKey, ephemeral)
  if (kemSecret === undefined || third === undefined) return undefined
  const introduced = openIntroduction(primitives, me, introductionKey(primitives, ephemeral, third, kemSecret), introduction)
  return introduced && { introduced, agree: () => agreeWith(introduced, kem, kemSecret, third) }

  function agreeWith(them: Introduced, { publicKey: kemKey }: KeyPair, secret: Uint8Array, agreed: Uint8Array): Agreed | undefined {
    const own = oneTime && x25519.generate(oneTime.secret)
    const shares = [
      x25519.agree(generation.prekey.secretKey, them.agreementKey),
      me.agree(ephemeral),
      agreed,
      own === undefined ? nothing : x25519.agree(own.secretKey, ephemeral),
    ]
    if (!areAll(shares)) return undefined
    const publicKeys = [them.signingKey, them.agreementKey, me.signingKey, me.agreementKey]
    const offered = [generation.prekey.publicKey, kemKey, own?.publicKey ?? nothing]
    return derive(primitives, bytes, [...shares, secret], [...publicKeys, ...offered])
  }
}

/** Everything public is said along, so that two who hold other views of it share nothing. */
function derive(
  { sha256, hkdf }: Primitives,
  introduction: Uint8Array,
  shares: readonly Uint8Array[],
  publicKeys: readonly Uint8Array[],
): Agreed {
  const id = sha256(introduction)
  const info = join(new TextEncoder().encode(labels.ratchet.agreement), id, sha256(join(...publicKeys)))
  // The first 32 bytes are those of X3DH §2.2: no encoding of a curve point begins so.
  const keys = hkdf(join(new Uint8Array(32).fill(0xff), ...shares), nothing, info, 128)
  const [root, initiatorHeader, responderHeader, binding] = [0, 32, 64, 96].map((at) => keys.slice(at, at + 32))
  return { id, binding: binding!, secrets: { root: root!, initiatorHeader: initiatorHeader!, responderHeader: responderHeader! } }
}

function areAll(shares: readonly (Uint8Array | undefined)[]): shares is Uint8Array[] {
  return !shares.includes(undefined)
}
