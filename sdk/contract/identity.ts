import { token } from '../token.ts'
import type { Purpose } from './labels.ts'

/** Who I am: one seed, from which everything follows; no e-mail, no number, no server. */
export interface Identity {
  /** The Ed25519 public key in short, checksummed, readable form. */
  readonly userId: UserId
  readonly signingKey: Uint8Array
  /** The X25519 key for agreements, and the signature of `signingKey` over it, for the purpose `agreement-key`. */
  readonly agreementKey: Uint8Array
  readonly agreementSignature: Uint8Array
  /** Signs for one purpose, so that a signature can never stand for another. */
  sign(purpose: Purpose, message: Uint8Array): Uint8Array
  /** Whether `signature` is that of the holder of `signingKey`, for this purpose and this message. */
  verify(signingKey: Uint8Array, purpose: Purpose, message: Uint8Array, signature: Uint8Array): boolean
  /** Undefined for a public key of low order or in another encoding than the one: the other side is broken or hostile. */
  agree(publicKey: Uint8Array): Uint8Array | undefined
  /** Sixty digits that both people see alike, for comparing aloud. */
  safetyNumber(theirSigningKey: Uint8Array): string
  /** The key of a user id as typed or pasted. Fails with `bad-argument` when a letter is wrong. */
  keyOf(userId: string): Uint8Array
  idOf(signingKey: Uint8Array): UserId
  /** The 24 words. Shown on request only, never logged. */
  phrase(): Promise<string>
  /**
   * Becomes another. Resolves when that is stored; then the identity and all who use it start anew. Fails with `bad-argument`
   * naming the word that is wrong, with `denied` when somebody may know the one of now and `replace` is not given.
   */
  restore(phrase: string, options?: { replace?: boolean }): Promise<UserId>
}

/** `pal1…`: bech32m, 62 characters; equal exactly when the keys are. */
export type UserId = string & { readonly brand: 'user-id' }

export const Identity = token<Identity>('identity')
