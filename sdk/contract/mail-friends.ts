import { token } from '../token.ts'
import type { UserId } from './identity.ts'

/** Contacts who keep for each other what waits while one of them is away, so that no server is needed. Both must have agreed. */
export interface MailFriends {
  standing(contact: UserId): Standing
  /** Says, or takes back, that I keep for this contact and they for me. Taken back, what I kept for them is forgotten at once. */
  agree(contact: UserId, agreed: boolean): Promise<Standing>
  /** Runs after somebody's standing has changed. */
  watch(fn: (contact: UserId) => void): Disposable
}

/** `asked`: they have agreed and wait for us. `offered`: we have, and wait for them. */
export type Standing = 'none' | 'asked' | 'offered' | 'mutual'

export const MailFriends = token<MailFriends>('mail-friends')
