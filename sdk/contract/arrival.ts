import { token } from '../token.ts'

/**
 * The invite with which Palabre was opened: by the address of the page, or by a link on this machine. It waits until the person has
 * decided. Lent by hosts that can be opened so.
 */
export interface Arrival {
  /** As it came, checked by nobody; undefined when none waits. Of two the later one waits. It outlives a reload of the page. */
  waiting(): string | undefined
  /** The person has accepted it, or does not want it. Changes nothing when another waits by now. */
  settle(invite: string): void
  /** Runs at each change, and not for what waited before. */
  watch(fn: (invite: string | undefined) => void): Disposable
}

export const Arrival = token<Arrival>('arrival')
