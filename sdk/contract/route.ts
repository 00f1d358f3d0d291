import type { Text } from '../text.ts'
import { slot } from '../token.ts'
import type { Path, RoundTrip, Traffic, Waiting } from './link.ts'
import type { Sealed } from './suite.ts'

/** One way to bring a sealed envelope to somebody: a link to them, a mailbox. It sees no more than the envelope and whom it is for. */
export interface Route {
  /** Unique among routes; hints are kept under it: `link`. */
  readonly name: string
  /** The lower is tried first. */
  readonly rank: number
  /** Starts to take in what comes, until disposed. Called once at a time. */
  open(intake: Intake): Disposable
  /** Whether a third party keeps what it carries, so that those who are away are told too when `hints` change. */
  readonly keeps?: boolean
  /**
   * What somebody must know to reach me through it, as JSON; undefined when they cannot now. Goes into an invite and to contacts. The
   * same while nothing changes; a route may give everybody another address, so that two who compare theirs learn nothing. A promise
   * where somebody must hear of it first; it is not kept waiting for long.
   */
  hints(audience: Audience): unknown
  /** Runs when `hints` gives something else than before. */
  watchHints(fn: () => void): Disposable
  /**
   * Brings envelopes towards somebody, in order; asked again it goes on with the same ones. Resolves with `sent` when they have left
   * for them, or `stored` when a third party keeps them; what was taken is told by `Intake.acknowledged`.
   * Fails with `peer-unknown` (the hints lead nowhere), `unreachable`, `timed-out`, `denied` (the policy forbids this road),
   * `switched-off`, `cancelled`.
   */
  carry(envelopes: readonly Envelope[], to: Recipient, options: { readonly signal: AbortSignal }): Promise<Carried>
  /** How somebody is reached through it at this moment, for the person to see. */
  pathTo(to: Recipient): Path | undefined
  /**
   * The same, with what was measured on it, after one more round trip to them where it is answered soon. Undefined where no path is.
   * Left out by routes that have none.
   */
  measure?(to: Recipient, options?: Waiting): Promise<Road | undefined>
  /**
   * What the person allows with somebody, once for each contact and again when it changes: a road that is no longer allowed is left
   * at once, one that is allowed again is looked for.
   */
  heed?(to: Recipient): void
}

/** Who is told how to reach me. */
export type Audience =
  | { readonly contact: string }
  /** Whoever holds this invite, until it is over. */
  | { readonly invite: string; readonly until: number }

export interface Envelope {
  /** 32 hexadecimal digits; says nothing of what is inside. */
  readonly id: string
  readonly sealed: Sealed
}

export interface Recipient {
  /** The contact's key in the book; never leaves this machine. */
  readonly contact: string
  /** What the contact told us under this route's name. From outside: to be parsed. */
  readonly hints: unknown
  readonly policy: RoutePolicy
}

/**
 * `relayed-only`: never by a road on which they see our address. `direct-only`: never through anybody in between, who would see when
 * we talk and how much; what is said waits for a direct road.
 */
export type RoutePolicy = 'direct-allowed' | 'relayed-only' | 'direct-only'

export const routePolicies: readonly RoutePolicy[] = ['direct-allowed', 'relayed-only', 'direct-only']

/** A path as the person may look at it. */
export interface Road {
  /** The name of the route. */
  readonly route: string
  readonly path: Path
  readonly traffic: Traffic
  /** The oldest first. */
  readonly roundTrips: readonly RoundTrip[]
}

/**
 * The multiaddrs worth a try under a policy: through a relay neither sees the other's address. A direct road may begin at a relay, where
 * the two agree on it.
 */
export function addressesAllowed(addresses: readonly string[], policy: RoutePolicy): readonly string[] {
  if (policy !== 'relayed-only') return addresses
  return addresses.filter((one) => /\/p2p-circuit(\/|$)/.test(one) && !one.includes('/webrtc'))
}

export interface Carried {
  readonly state: 'sent' | 'stored'
  /** Names of the third parties that keep it. */
  readonly at?: readonly string[]
}

export interface Intake {
  /**
   * An envelope came. Resolves when it is committed, with what its author can be told now: nothing yet when it came before its turn,
   * others too when they had waited for it. With undefined when nobody here can open it. Fails when it could not be committed: it must
   * be brought again.
   */
  receive(envelope: Envelope, from: Sender): Promise<readonly Acknowledgement[] | undefined>
  /** The receiver has shown this proof. Anything that proves nothing is left alone. */
  acknowledged(envelope: string, proof: Uint8Array): Promise<void>
  /** The other end says that it will not take this envelope. Nobody vouches for that: it is told, and nothing is given up. */
  refused(envelope: string, reason: Text): void
  /** What a contact has said under this route's name; undefined when there is no such contact, or it is blocked. */
  recipient(contact: string, route: string): Promise<Recipient | undefined>
  /** A road to somebody has opened: what waits for them can go. */
  reachable(contact: string): void
  /** How somebody is reached has changed, or they no longer are. */
  pathChanged(contact: string): void
}

/** Proves to its author that an envelope was opened, and what it held taken in its turn. */
export interface Acknowledgement {
  readonly envelope: string
  readonly proof: Uint8Array
}

export interface Sender {
  readonly route: string
  /** The contact it seems to come from, as far as the route knows; proved only by what opens the envelope. */
  readonly contact?: string | undefined
  /** Called with the contact once the envelope has proved it, so that the same road can be used back. */
  readonly proved?: ((contact: string) => void) | undefined
}

export const Route = slot<Route>('route')
