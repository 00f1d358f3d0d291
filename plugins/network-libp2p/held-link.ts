import type { Clock } from '@palabre/sdk/contract/clock'
import type { Link, LinkChange, LinkEnd } from '@palabre/sdk/contract/link'
import type { Goodbye, Reason } from './goodbye.ts'
import type { Hello } from './hello.ts'
import type { Lane } from './lane.ts'
import type { Road } from './road.ts'

/** A link as the network holds it. */
export interface HeldLink {
  readonly link: Link
  readonly session: Uint8Array
  /** Whether this side opened it, and so is the first to look for a new road. */
  readonly opener: boolean
  readonly road: Road | undefined
  /** For how long our question has had no answer, in milliseconds. */
  readonly unanswered: number
  /** Aborted when the link has ended. */
  readonly over: AbortSignal
  /** Leaves the lane of now: nothing it brings counts any more. Changes with each new lane. */
  detach(): number
  readonly generation: number
  /** Goes on under this session as if this side had opened it: nothing went either way yet. */
  becomeOurs(session: Uint8Array): void
  /** Introduces this link on a lane: what we say first, or answer. */
  hello(resume: boolean): Uint8Array
  /** Goes on with this lane. False, and the link ends, when the other end claims what cannot be. */
  attach(lane: Lane, road: Road, theirs: Hello): boolean
  /** The lane or its connection is not to be used any more: look for another. */
  lose(): void
  /** Asks for a sign of life when it has been quiet for too long. */
  mind(): void
  /** Its road may be gone without a word: asks now, and waits less. */
  suspect(): void
  end(reason: Reason, goodbye?: Goodbye): void
}

export interface LinkSources {
  readonly peer: string
  readonly session: Uint8Array
  readonly opener: boolean
  readonly clock: Clock
  /**
   * Another road is wanted until the signal aborts: the one of now is lost, or silent and doubted. `hurried` when this side knows why
   * and the other may not.
   */
  onWant(signal: AbortSignal, hurried: boolean): void
  onEnd(end: LinkEnd): void
  /** We closed it and nobody needs its connection for it any more. */
  release(): Promise<void>
  onChange(change: LinkChange): void
}
