import type { Text } from '@palabre/sdk'

export interface Address {
  readonly address: string
  readonly port: number
}

/** An address, and how long it took to be told. */
export interface Mapped extends Address {
  readonly ms: number
}

/** It cannot be asked from here. */
interface NotAsked {
  readonly why: Text
}

/** Where a STUN server says that we come from; nothing when it does not answer. */
export type StunAnswer = Mapped | NotAsked | undefined

/** The address that a TURN server gave us, or a code (RFC 8489 §14.8, RFC 8656 §19); nothing when it does not answer. */
export type TurnAnswer = { readonly given: Address; readonly ms: number } | { readonly code: number } | NotAsked | undefined
