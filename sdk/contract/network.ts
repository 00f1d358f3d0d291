import { token } from '../token.ts'
import type { ByteStream } from './byte-stream.ts'
import type { Link, LinkChange, LinkEnd, Path, Traffic, Waiting } from './link.ts'

/** My node of the overlay: reaches peers by every road that is switched on and keeps one link to each. */
export interface Network {
  /** My overlay peer id. It is nobody's identity: who knows whom is told only inside end-to-end encryption. */
  readonly self: string
  /** Takes a new overlay id. Every link is closed in good order first. Resolves with the new id, listening on the same roads. */
  rotate(): Promise<string>
  /** Where others can reach me now, as multiaddrs that end in my peer id; empty when nothing listens. */
  addresses(): readonly string[]
  /** Resolves when the transports that are on listen, or have told the log why they cannot. */
  ready(): Promise<void>
  /**
   * Opens a link, or gives the one there is. A target is a peer id whose addresses are known, a multiaddr, an invite (for the node of
   * who made it), or several of one peer; roads are raced, nearest first. Who dials a peer that is being dialled waits for the same link.
   * Fails with `bad-argument` (none of these, or of different peers, or myself), `peer-unknown` (no address
   * is known, or somebody else answers there), `switched-off` (no transport that is on can take the road), `unreachable`,
   * `timed-out` (ten seconds), `denied` (`hideFrom`, and no road is known that hides us), `cancelled`.
   */
  dial(target: string | readonly string[], options?: Waiting): Promise<Link>
  links(): readonly Link[]
  /**
   * Opens a stream beside the link, on its best connection; dials first when there is none.
   * Fails like `dial`, and with `wrong-version` when the other end does not speak the protocol.
   */
  open(peer: string, protocol: string, options?: Waiting): Promise<ByteStream>
  /** Answers streams of this name until disposed. A handler that throws loses its stream. `bad-argument` when the name is taken. */
  protocol(name: string, handler: (stream: ByteStream) => void | Promise<void>): Disposable
  /**
   * Until disposed, nothing shows this peer our address: roads that do are neither dialled, taken nor climbed to, and the node does
   * not tell them where else it is. A link on such a road moves to one through a relay, or is closed in good order when none is
   * known. What they have seen before, they have seen. Asked for twice, it holds until both are disposed.
   */
  hideFrom(peer: string): Disposable
  /** Lets the discovery plugins look for peers, and links those they find within the limits; a second call changes nothing. */
  startDiscovery(): void
  /** Everybody who is linked or was found lately. */
  peers(): readonly KnownPeer[]
  watch(fn: (event: NetworkEvent) => void): Disposable
}

export interface KnownPeer {
  readonly peer: string
  readonly addresses: readonly string[]
  /** The discoveries that found it, by name; empty when it came or was dialled by itself. */
  readonly foundBy: readonly string[]
  /** How the link runs, when there is one, */
  readonly path?: Path
  /** and what went over it. */
  readonly traffic?: Traffic
  /** The last round trip that was measured, in milliseconds. */
  readonly rtt?: number
}

export type NetworkEvent =
  | { readonly kind: 'link-opened'; readonly link: Link }
  | { readonly kind: 'link-changed'; readonly peer: string; readonly change: LinkChange }
  | { readonly kind: 'link-closed'; readonly peer: string; readonly end: LinkEnd }
  | { readonly kind: 'addresses-changed'; readonly self: string; readonly addresses: readonly string[] }
  | { readonly kind: 'peer-found'; readonly peer: string; readonly addresses: readonly string[]; readonly by: string }

export const Network = token<Network>('network')
