import { slot } from '../token.ts'
import type { UserId } from './identity.ts'
import type { RelayPlace } from './relay-link.ts'

/** Nodes that keep for me what others deposit, beside the relays that I have chosen. */
export interface MailboxPlaces {
  all(): readonly MailboxPlace[]
  /** Runs when `all` gives something else than before. */
  watch(fn: () => void): Disposable
}

export interface MailboxPlace extends RelayPlace {
  /** How long a block is kept there, in milliseconds. */
  readonly keeps: number
  /** Whose node it is: what is for me from them needs no place there, and invites, which strangers read, do not name it. */
  readonly contact: UserId
}

export const MailboxPlaces = slot<MailboxPlaces>('mailbox-places')
