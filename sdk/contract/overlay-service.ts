import type { Startable } from '@libp2p/interface'
import { slot } from '../token.ts'

/**
 * Something the overlay node does beside links: serving others as a relay, for one. It comes and goes while the network runs and
 * moves along when the node takes a new identity.
 */
export interface OverlayService {
  /** What logs call it: `relay-circuit`. Unique among services. */
  readonly name: string
  /**
   * Called once for each node that is made, with the parts of that node; what it makes is started and stopped by the network. One
   * that cannot start is told to the log and does not stop the others.
   */
  // oxlint-disable-next-line typescript/no-explicit-any -- each part of the ecosystem names the components it wants
  readonly create: (components: any) => Startable
}

export const OverlayService = slot<OverlayService>('overlay-service')
