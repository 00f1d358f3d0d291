import type { Code } from '../error.ts'
import type { Text } from '../text.ts'

/** The longest frame a link carries, in bytes. */
export const frameLimit = 64 * 1024

/**
 * A reliable, ordered row of frames between two overlay peers. It outlives the connection it runs on: when that one is lost, or a
 * better road opens, it moves and resends what had not arrived; the program on either side sees each frame once and in order.
 * Its encryption covers the hop only and is never shown as end-to-end.
 */
export interface Link {
  /** The overlay peer id of the other end, proved by the channel. */
  readonly peer: string
  /** The road of now; while recovering, the one that was lost. */
  readonly path: Path
  readonly state: LinkState
  /**
   * Resolves when the link has taken charge of the frame: it keeps a copy until the other program has taken it, across changes of
   * path. Waits while that program is behind, so that a writer who awaits cannot fill anybody's memory.
   * Fails with `too-large` above `frameLimit` (nothing is sent, the link stays), `cancelled` when the signal aborts while it waits,
   * and `closed` when the link ends first or has ended.
   */
  send(frame: Uint8Array, options?: Waiting): Promise<void>
  /** Resolves when the other program has taken every frame sent before. Fails with `cancelled`, or `closed` when the link ends first. */
  flush(options?: Waiting): Promise<void>
  /**
   * What the other end sends, for one reader. The sender is held back while nobody reads. Ends when the link was closed in good order;
   * throws what `closed` tells when it was not. Frames that came before the end are read first.
   */
  readonly frames: AsyncIterable<Uint8Array>
  /** One round trip to the other end and back, in milliseconds. Fails with `cancelled` or `closed`; waits while the link recovers. */
  rtt(options?: Waiting): Promise<number>
  /** What went over it since it was opened, on whatever road. */
  readonly traffic: Traffic
  /** The round trips measured last, the oldest first, `roundTripsKept` at most: those asked for, and the link's own signs of life. */
  readonly roundTrips: readonly RoundTrip[]
  /** Each change of path and state, after it happened. */
  watch(fn: (change: LinkChange) => void): Disposable
  /** Settles once, never rejects. */
  readonly closed: Promise<LinkEnd>
  /** Sends what was taken charge of, says goodbye, and resolves when the other end has answered or was given a second for it. */
  close(): Promise<void>
}

export type LinkState = 'up' | 'recovering' | 'closed'

/** `lan`: the address belongs to a local network or this machine. `relayed` and `tor`: the other end does not see our address. */
export type PathKind = 'direct' | 'lan' | 'relayed' | 'tor'

export interface Path {
  readonly kind: PathKind
  /** Name of the transport, as in `Transport.name`. */
  readonly transport: string
  /** The other end's, as a multiaddr. */
  readonly address: string
  /** Name of the channel that encrypts the hop: `noise`, `tls`. Never the end-to-end encryption. */
  readonly channel: string
  /** Who passes on what we send, in the order in which it goes by them; empty when nobody does, or when nobody can know (Tor). */
  readonly hops: readonly Hop[]
  /** Milliseconds since 1970. */
  readonly since: number
}

/** Somebody in between: sees who is at either side of it, how much passes and when, and nothing of what. */
export interface Hop {
  /** Its overlay peer id. */
  readonly peer: string
  /** Where it is reached, as a multiaddr; empty where the road does not tell. */
  readonly address: string
}

/** Bytes of the link's own frames, their heads and what was sent twice included; what channel and network add is not. */
export interface Traffic {
  readonly sent: number
  readonly received: number
}

export interface RoundTrip {
  /** When the answer came, in milliseconds since 1970. */
  readonly at: number
  readonly ms: number
}

export const roundTripsKept = 60

export interface LinkChange {
  readonly state: LinkState
  readonly path: Path
}

export interface LinkEnd {
  /** Whether either side meant it. */
  readonly orderly: boolean
  /** `closed` when it was meant; else who must act: `peer-misbehaved`, `wrong-version`, `unreachable`, … */
  readonly code: Code
  readonly text: Text
  /** How many frames that `send` took charge of may not have reached the other end. */
  readonly lost: number
}

export interface Waiting {
  readonly signal?: AbortSignal | undefined
}
