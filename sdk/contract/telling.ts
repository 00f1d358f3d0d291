import { slot } from '../token.ts'
import type { UserId } from './identity.ts'

/** Something that contacts are told of me inside the encryption, beside my roads. What they tell stands in their `Contact.hints`. */
export interface Telling {
  /** Unique among tellings and routes; told and kept under it. */
  readonly name: string
  /** For this contact alone, as JSON; undefined where there is nothing to tell. The same while nothing changes. */
  tell(contact: UserId): unknown
  /** Runs when `tell` gives something else than before: contacts hear of it, those who are away where their mailbox keeps it. */
  watch(fn: () => void): Disposable
}

export const Telling = slot<Telling>('telling')
