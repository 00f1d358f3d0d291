import { token } from '../token.ts'

/** Who I am: one seed, from which everything follows; no e-mail, no number, no server. */
export interface Identity {
  /** The Ed25519 public key in short, checksummed, readable form. */
  readonly userId: UserId
  readonly signingKey: Uint8Array
  /** The X25519 key for agreements, and the signature of `signingKey` over it. */
  readonly agreementKey: Uint8Array
  readonly agreementSignature: Uint8Array
  /** Signs for one purpose, so that a signature can never stand for another. */
  sign(purpose: Purpose, message: Uint8Array): Uint8Array
  agree(publicKey: Uint8Array): Uint8Array | undefined
  /** The 24 words. Shown on request only, never logged. */
  phrase(): Promise<string>
  /** Becomes another: fails with `bad-argument` naming the word that is wrong. Resolves when stored. */
  restore(phrase: string): Promise<void>
}

/** `pal1…`: base32 with a checksum, in lower case, 60 characters or so; equal exactly when the keys are. */
export type UserId = string & { readonly brand: 'user-id' }

export type Purpose = 'agreement-key' | 'prekey' | 'invite' | 'group' | 'map' | 'token'

export const Identity = token<Identity>('identity')
