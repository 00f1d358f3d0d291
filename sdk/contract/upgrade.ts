import type { Connection } from '@libp2p/interface'
import { slot } from '../token.ts'
import type { NodePart } from './transport.ts'

/** A way from a relayed link to a better road. The network says when, with pauses; the plugin knows how. */
export interface Upgrade {
  /** What logs call it: `tcp-punch`. Unique among upgrades. */
  readonly name: string
  /** The lower begins first, the next a little later beside it; the first that comes through ends the others. */
  readonly rank: number
  /** Protocols of its own by which the two sides tell each other where they are: not spoken with a peer that must not see us. */
  readonly tells?: readonly string[]
  /**
   * Called once for each node that is made, with the parts of that node. What it makes is started and stopped by the network if it
   * has `start` and `stop`: the place to answer the protocol by which the two sides agree.
   */
  readonly create: NodePart<Upgrader>
}

export interface Upgrader {
  /**
   * Tries once. True when a better connection to the peer stands: the network sees it open and moves the link over by itself, on
   * both sides, losing nothing. False when this way cannot work for this link (wrong transports, the peer does not speak it); it is
   * not asked again until our addresses, the link's path or the peer's protocols change. Throws when it may work another time. Asked
   * anew after such a change, it may still be ending the try before. Both sides of a link are asked; which of them acts is theirs to
   * agree on, `link.opener` is true on exactly one.
   */
  upgrade(link: RelayedLink): Promise<boolean>
}

/** A link that runs through somebody else. */
export interface RelayedLink {
  readonly peer: string
  /** Whether this side opened the link. */
  readonly opener: boolean
  /** The relayed connection. Streams on it need `runOnLimitedConnection`. */
  readonly connection: Connection
  /** The address it runs through: `…/p2p/<relay>/p2p-circuit`, without the peer's id at the end. Only one side may have it. */
  readonly address: string
  /** What is known of the peer's own addresses, nearest first, without its id. */
  readonly addresses: readonly string[]
  /**
   * Opens another connection to the peer at this address, which may lead through the relay, although one stands. Fails like
   * `Network.dial`.
   */
  dial(address: string): Promise<void>
  /** Aborted when the link is not relayed any more, has ended, another way came through, or the try took too long. */
  readonly signal: AbortSignal
}

export const Upgrade = slot<Upgrade>('upgrade')
