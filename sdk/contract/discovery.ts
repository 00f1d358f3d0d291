import { slot } from '../token.ts'

/** A way to learn of peers. It only tells; whether and when somebody is dialled is the network's affair. */
export interface Discovery {
  /** What lists and logs call it: `mdns`. Unique among discoveries. */
  readonly name: string
  /**
   * Yields whom it finds, again when addresses change, until the signal aborts, then ends without throwing. It may end early when it
   * has told all. Called again after the node took a new identity.
   */
  find(node: DiscoveringNode): AsyncIterable<FoundPeer>
}

export interface DiscoveringNode {
  /** My overlay peer id, so that a discovery does not find ourselves. */
  readonly self: string
  /** Where we can be reached at this moment, for those who announce us. */
  addresses(): readonly string[]
  /** The parts of the overlay node, for discoveries that speak a protocol of their own on it, as `NodePart`s are given them. */
  // oxlint-disable-next-line typescript/no-explicit-any -- each part of the ecosystem names the components it wants
  readonly components: any
  readonly signal: AbortSignal
}

export interface FoundPeer {
  readonly peer: string
  /** Multiaddrs; what does not parse is dropped by the network. */
  readonly addresses: readonly string[]
}

export const Discovery = slot<Discovery>('discovery')

/** What a full address tells: whom, and where. `undefined` when it does not end in a peer id. */
export function foundAt(address: string): FoundPeer | undefined {
  const parts = /^(\/.+)\/p2p\/([A-Za-z0-9]+)$/.exec(address)
  return parts === null ? undefined : { peer: parts[2]!, addresses: [parts[1]!] }
}
