import type { ConnectionEncrypter } from '@libp2p/interface'
import { slot } from '../token.ts'
import type { NodePart } from './transport.ts'

/**
 * Proves the peer of a raw connection and encrypts the hop. Transports that bring their own (QUIC) need none; for the others at
 * least one must be on. Taking one away does not touch connections that stand.
 */
export interface Channel {
  /** What logs and people call it: `noise`. */
  readonly name: string
  /** The factory of the ecosystem, `noise()` for one. */
  readonly create: NodePart<ConnectionEncrypter>
  /** The lower is offered first. */
  readonly rank: number
}

export const Channel = slot<Channel>('channel')
