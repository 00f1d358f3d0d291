import { slot } from '../token.ts'
import type { Waiting } from './link.ts'
import type { Names } from './resolver.ts'

/**
 * A way for two people to find each other for a moment, so that they can agree on a connection of their own: no node, no name and no
 * account. Whoever knows the secret meets; everybody in between sees that somebody met and bytes that are sealed for the other end.
 */
export interface Signal {
  /** What logs call it: `room`. Unique among signals. */
  readonly name: string
  /** Where we wait, as a multiaddr without a peer id; somebody must be told one of them, and the secret, to visit us. May be empty. */
  readonly places: readonly string[]
  /**
   * Waits at every place under this secret of 32 bytes until disposed, and meets each who comes, one after the other. Nobody is told
   * that a place is out of reach: it is tried again, with growing pauses. What was begun in a meeting outlives the waiting.
   */
  wait(secret: Uint8Array, came: (meeting: Meeting) => void, asking: Asking): Disposable
  /**
   * Goes to a place where somebody may wait under this secret. Undefined when it is no place of this kind.
   * Fails with `peer-unknown` (nobody waits there), `denied` (the place is full or we come too often), `unreachable`, `timed-out`,
   * `peer-misbehaved` (the place breaks the agreement), `cancelled`.
   */
  visit(place: string, secret: Uint8Array, asking: Asking & Waiting): Promise<Meeting> | undefined
}

/** Two ends, for a minute at most and for as many bytes as an agreement takes. */
export interface Meeting {
  /** In order or not at all. Throws `closed` once it is over, `too-large` when more is said than a meeting carries. */
  send(bytes: Uint8Array): void
  /** For one reader. Ends when either side has left; throws `peer-misbehaved` when something was altered, left out or repeated. */
  readonly bytes: AsyncIterable<Uint8Array>
  /** Leaves. The place forgets that there was a meeting. */
  close(): void
}

export interface Asking {
  /** By whom the names of places are looked up. */
  readonly names: Names
}

export const Signal = slot<Signal>('signal')
