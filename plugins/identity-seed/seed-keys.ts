import type { KeyPair, Primitives } from '@palabre/sdk/contract/primitives'
import type { Purpose } from '@palabre/sdk/contract/identity'

/** Everything that follows from the one seed. */
export interface SeedKeys {
  readonly signing: KeyPair
  readonly agreement: KeyPair
  /** Of the signing key over the agreement key. */
  readonly agreementSignature: Uint8Array
}

export function keysOf(primitives: Primitives, seed: Uint8Array): SeedKeys {
  const derive = (use: string) => primitives.hkdf(seed, empty, encode(`palabre/v1/identity/${use}`), 32)
  const signing = primitives.ed25519.generate(derive('signing'))
  const agreement = primitives.x25519.generate(derive('agreement'))
  const agreementSignature = primitives.ed25519.sign(signing.secretKey, forPurpose('agreement-key', agreement.publicKey))
  return { signing, agreement, agreementSignature }
}

/** What is really signed: the purpose, a zero byte that no purpose contains, the message. */
export function forPurpose(purpose: Purpose, message: Uint8Array): Uint8Array {
  const head = encode(`palabre/v1/sign/${purpose}\u0000`)
  const whole = new Uint8Array(head.length + message.length)
  whole.set(head)
  whole.set(message, head.length)
  return whole
}

function encode(label: string): Uint8Array {
  return new TextEncoder().encode(label)
}

const empty = new Uint8Array()
