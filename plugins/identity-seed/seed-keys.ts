import { labels, type Label, type Purpose } from '@palabre/sdk/contract/labels'
import type { KeyPair, Primitives } from '@palabre/sdk/contract/primitives'

/** Everything that follows from the one seed. */
export interface SeedKeys {
  readonly signing: KeyPair
  readonly agreement: KeyPair
  /** Of the signing key over the agreement key. */
  readonly agreementSignature: Uint8Array
  /** Overwrites what is secret. */
  forget(): void
}

export function keysOf(primitives: Primitives, seed: Uint8Array): SeedKeys {
  const derive = (label: Label) => primitives.hkdf(seed, empty, encode(label), 32)
  const signing = primitives.ed25519.generate(derive(labels.identity.signing))
  const agreement = primitives.x25519.generate(derive(labels.identity.agreement))
  const agreementSignature = primitives.ed25519.sign(signing.secretKey, forPurpose('agreement-key', agreement.publicKey))
  return {
    signing,
    agreement,
    agreementSignature,
    forget() {
      for (const { secretKey } of [signing, agreement]) secretKey.fill(0)
    },
  }
}

/** What is really signed: the purpose's label, a zero byte that no label contains, the message. */
export function forPurpose(purpose: Purpose, message: Uint8Array): Uint8Array {
  const head = encode(`${labels.sign[purpose]}\u0000`)
  const whole = new Uint8Array(head.length + message.length)
  whole.set(head)
  whole.set(message, head.length)
  return whole
}

function encode(label: string): Uint8Array {
  return new TextEncoder().encode(label)
}

const empty = new Uint8Array()
