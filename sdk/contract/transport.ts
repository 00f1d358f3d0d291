import type { Transport as Libp2pTransport } from '@libp2p/interface'
import { slot } from '../token.ts'
import type { PathKind } from './link.ts'
import type { Names } from './resolver.ts'

/**
 * One way to carry bytes to a peer. It wraps the ecosystem's own interface on purpose: any transport made for libp2p becomes a
 * plugin in about twenty lines. It comes and goes while the network runs; when it goes, its listeners and connections close.
 */
export interface Transport {
  /** What paths, logs and people call it: `tcp`. Unique among transports. */
  readonly name: string
  /** Called once for each node that is made; what it makes is started and stopped by the network. */
  readonly create: NodePart<Libp2pTransport>
  /** Multiaddrs to listen on (or what `own-address.ts` says, where they have no word for it); empty to dial only. One that cannot be had is told and does not stop the others. */
  readonly listen: readonly string[]
  /** What a path through it is, before it is known whether the address is near; told by the address where it may be one or the other. */
  readonly makes: MadePath | ((address: string) => MadePath)
  /** Among equally near roads the lower is tried first. */
  readonly rank: number
  /** Its connections serve to agree on another one and end soon: no link runs on them. */
  readonly agreesOnly?: boolean
}

export type MadePath = Exclude<PathKind, 'lan'>

/**
 * What `tcp()` of `@libp2p/tcp` returns: makes a part, given those that the node already has. Who turns names into addresses takes
 * `names` for it, and never the resolver of the operating system.
 */
// oxlint-disable-next-line typescript/no-explicit-any -- each part of the ecosystem names the components it wants
export type NodePart<T> = (components: any, names: Names) => T

export const Transport = slot<Transport>('transport')
