import type { Audience } from './route.ts'
import { slot } from '../token.ts'

/** Addresses that one contact is told, or whoever holds one invite, and nobody else: there alone somebody waits for them. */
export interface MeetingPlace {
  /** Unique among its kind, for logs: `signal`. */
  readonly name: string
  /**
   * Multiaddrs without a peer id: for a contact the same while nothing changes, for any two audiences without a common part that
   * would tell that both lead to me. Empty when there are none, or when the policy says that the contact must not see our address.
   */
  addresses(audience: Audience): Promise<readonly string[]>
  /** A link to this contact stands now, or no longer: nobody waits for those who are there. */
  present(contact: string, isThere: boolean): void
  /** Runs when `addresses` gives something else than before. */
  watch(fn: () => void): Disposable
}

export const MeetingPlace = slot<MeetingPlace>('meeting-place')
