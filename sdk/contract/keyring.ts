import { token } from '../token.ts'
import type { Change } from './store.ts'
import type { Answered, PrekeysStanding, Session } from './suite.ts'

/** My prekeys for every suite that is on: what invites offer, and what opens first messages. It keeps them in the store and renews them. */
export interface Keyring {
  /** One for each suite, the strongest first; kept before they are given out. Fails with `switched-off` when no suite is on. */
  offers(options: { readonly once: boolean }): Promise<readonly Offer[]>
  /**
   * Opens a first message. `keep` is called when it opened, with the change that uses up the one-time key: it must commit that together
   * with what the message brought, or throw; nothing else is answered meanwhile. Undefined when nobody here can open it.
   */
  answer<T>(
    sealed: Uint8Array,
    sessionOf: (them: Uint8Array, suite: string) => Promise<Session | undefined>,
    keep: (answered: Answered & { readonly suite: string }, change: Change) => Promise<T>,
  ): Promise<T | undefined>
  /** Renews what is due, as `offers` and `answer` do anyway: for when neither is asked of it for long. */
  renew(): Promise<void>
  /** How the prekeys of each suite stand, the strongest first; without those that were never needed. Changes nothing. */
  standings(): Promise<readonly KeyringStanding[]>
}

export interface KeyringStanding extends PrekeysStanding {
  readonly suite: string
}

export interface Offer {
  readonly suite: string
  readonly offer: Uint8Array
}

export const Keyring = token<Keyring>('keyring')
