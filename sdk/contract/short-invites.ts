import type { Waiting } from './link.ts'
import type { Invite } from './contacts.ts'
import { token } from '../token.ts'

/**
 * Invites small enough for a code that two people hold between their screens. They name who invites and where their node is; the rest
 * is fetched there, so that both must be online, and is taken only when it is signed by the key that the short one names.
 */
export interface ShortInvites {
  /** A link of about 200 characters; undefined when nobody could reach this node now. */
  shorten(invite: Invite): string | undefined
  /**
   * The whole link behind a short one. Undefined for what is not a short invite at all: a whole link, or nonsense.
   * Fails with `bad-argument` (broken, or our own), `denied` (over, used up or revoked), `unreachable` or `timed-out` (the inviter is
   * not online, and that is said), `wrong-version` (their Palabre answers no short invites), `peer-misbehaved` (what came is not what
   * the short one names).
   */
  expand(said: string, options?: Waiting): Promise<string | undefined>
}

export const ShortInvites = token<ShortInvites>('short-invites')
