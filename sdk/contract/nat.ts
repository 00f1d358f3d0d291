import { slot } from '../token.ts'

/** Asks the router next to us for a way in: ports mapped by UPnP, NAT-PMP or PCP. */
export interface Nat {
  /** What logs call it: `upnp`. Unique among its kind. */
  readonly name: string
  /**
   * Maps the ports on which the node listens, follows as they change, and keeps the mappings alive. Yields all the addresses that
   * lead to us through it, each time they change; the network announces them until the next row, and none after the end. When the
   * signal aborts it gives the mappings back and ends. Without a router that understands it, it ends without having yielded, or
   * tries again later; it does not throw for that. Called again after the node took a new identity.
   */
  map(node: MappedNode): AsyncIterable<readonly string[]>
}

export interface MappedNode {
  /** Where we listen at this moment on this machine's own addresses, as multiaddrs without a peer id. */
  listening(): readonly string[]
  /** Called after that changed. */
  watch(fn: () => void): Disposable
  readonly signal: AbortSignal
}

export const Nat = slot<Nat>('nat')
