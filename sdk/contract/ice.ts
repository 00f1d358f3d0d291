import { token } from '../token.ts'
import type { Waiting } from './link.ts'

/** Direct data channels through NATs (RFC 8445), as far as a person wants to look at them or try them by hand. */
export interface Ice {
  /** What was configured and nothing else: no server is ever asked that does not stand here. */
  readonly config: IceConfig
  /** Where we could be reached, the preferred first (RFC 8445 §5.1.2). Fails with `cancelled` or `timed-out`. */
  gather(options?: Waiting): Promise<readonly IceCandidate[]>
  /** Begins a connection by hand: a description with all candidates in it, for the other side to answer. Fails like `gather`. */
  offer(options?: Waiting): Promise<IceOffer>
  /** Answers one. Fails like `gather`, and with `bad-argument` for what is not an offer. */
  answer(offer: string, options?: Waiting): Promise<IceAnswer>
}

export interface IceConfig {
  /** `stun:host:port`, to learn our public address from. */
  readonly stun: readonly string[]
  /** Servers that carry the bytes where nothing direct is possible. */
  readonly turn: readonly TurnServer[]
}

export interface TurnServer {
  /** `turn:host:port`; `turns:…` or with `?transport=tcp` it is used by browsers alone. */
  readonly url: string
  readonly username: string
  readonly credential: string
}

export interface IceCandidate {
  /** `srflx` is our public address as a STUN server saw it, `prflx` as the other side did; `relay` is one at a TURN server. */
  readonly type: 'host' | 'srflx' | 'prflx' | 'relay'
  readonly protocol: 'udp' | 'tcp'
  /** An IP address; browsers may hide one of this machine behind a name that ends in `.local`. */
  readonly address: string
  readonly port: number
  readonly priority: number
}

export interface IceOffer extends Disposable {
  /** SDP, to be carried to the other side by any means. */
  readonly description: string
  /** Resolves when the channel is open. Fails with `bad-argument` for what is not the answer, `unreachable`, `timed-out`, `cancelled`. */
  accept(answer: string, options?: Waiting): Promise<IceChannel>
}

export interface IceAnswer extends Disposable {
  readonly description: string
  /** Resolves when the channel is open. Fails with `unreachable`, `timed-out`, `cancelled`. */
  channel(options?: Waiting): Promise<IceChannel>
}

/** One data channel; closing it ends the connection. */
export interface IceChannel extends Disposable {
  /** Ours and theirs of the pair that carries it; undefined while the platform does not tell. */
  readonly pair: { readonly local: IceCandidate; readonly remote: IceCandidate } | undefined
  /** One round trip of a few bytes, in milliseconds. Fails with `closed` or `cancelled`. */
  rtt(options?: Waiting): Promise<number>
}

export const Ice = token<Ice>('ice')
