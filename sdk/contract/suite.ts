import { slot } from '../token.ts'

/**
 * End-to-end encryption for one kind of conversation. It keeps nothing itself: every step takes a state and gives back the next one,
 * so that the caller can write the advanced state and what was sealed with it in one transaction. States are opaque bytes, hold
 * secret keys, and are only ever written into the encrypted store. A step that fails leaves the state it was given as it was.
 */
export interface Suite {
  /** Unique among suites, remembered for each contact: `ratchet`. */
  readonly name: string
  /** The stronger is preferred for a new contact. A contact that has spoken a stronger one is never answered in a weaker one. */
  readonly strength: number
  /** My own key material, from which offers are made and first messages are opened. One for all contacts. */
  createPrekeys(now: number): Prekeys
  /** Rotated and refilled, or undefined while nothing is due. Old material goes on opening for its time of grace. */
  renewPrekeys(prekeys: Prekeys, now: number): Prekeys | undefined
  /** How it stands, for a person to see that rotation goes on; no secret is in it. */
  prekeysStanding(prekeys: Prekeys): PrekeysStanding
  /**
   * What somebody needs to write to me first: goes into an invite. With `once` it holds a one-time key that opens one first message
   * only; without, it can be kept as a last resort (for repair). It names my identity and is signed by it.
   */
  offer(prekeys: Prekeys, options: { readonly once: boolean }): { readonly prekeys: Prekeys; readonly offer: Uint8Array }
  /**
   * Takes up what somebody offered. With the session there was, that one goes on opening what is under way while the new one seals.
   * Fails with `peer-misbehaved` when the offer is not one, not signed by `them`, or holds keys of low order.
   */
  begin(offer: Uint8Array, them: Uint8Array, existing?: Session): Session
  /** Seals for the other end of the session. `body` is padded inside: up to `bodyLimit` bytes. Fails with `too-large` above. */
  seal(session: Session, body: Uint8Array): { readonly session: Session; readonly sealed: Sealed }
  /**
   * Undefined when it is not for this session, was opened before, or was altered: to the network that is all the same.
   * `repaired` when the other side has begun the session anew, because it had lost its own.
   */
  open(session: Session, sealed: Uint8Array): Opened | undefined
  /**
   * Opens a first message. `sessionOf` gives the session there is with the person who turns out to have written it, so that two who
   * start at once settle on one. Undefined when it is no first message of this suite, not for these prekeys, or altered.
   */
  answer(
    prekeys: Prekeys,
    sealed: Uint8Array,
    sessionOf: (them: Uint8Array) => Promise<Session | undefined>,
  ): Promise<Answered | undefined>
}

/** The longest body one `seal` takes, in bytes: what it makes, a first message included, fits a mailbox's block. */
export const bodyLimit = 14_336

/** The longest `Sealed`, in bytes: a mailbox's block less what it needs itself. */
export const sealedLimit = 16_384 - 256

export interface PrekeysStanding {
  /** When those were made that offers hold now, and when `renewPrekeys` replaces them. */
  readonly madeAt: number
  readonly dueAt: number
  /** When the last of the earlier ones ceases to open first messages; undefined when there are none. */
  readonly earlierUntil: number | undefined
  /** One-time keys that nobody has been given, and those that were given and have not come back. */
  readonly ready: number
  readonly given: number
}

export interface Opened {
  readonly session: Session
  readonly body: Uint8Array
  readonly repaired: boolean
}

export interface Answered extends Opened {
  /** The signing key of who wrote, proved. */
  readonly them: Uint8Array
  /** Without the one-time key that was used. */
  readonly prekeys: Prekeys
}

export type Prekeys = Uint8Array & { readonly brand: 'prekeys' }
export type Session = Uint8Array & { readonly brand: 'session' }
/** Only a suite makes one, so that what was not sealed cannot be sent. */
export type Sealed = Uint8Array & { readonly brand: 'sealed' }

export const Suite = slot<Suite>('suite')
