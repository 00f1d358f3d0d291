import type { Network } from '../contract/network.ts'
import type { Code } from '../error.ts'

/** Two networks that share one transport and nothing else. */
export interface TransportSubject {
  /** As in `Transport.name`. */
  readonly transport: string
  readonly here: Network
  /** Listens; its `addresses()` are what `here` dials. Lets in as many connections per second as come. */
  readonly there: Network
  /** An address of this transport at which nobody listens, and what dialling it comes to. */
  readonly nobody: { readonly address: string; readonly codes: readonly Code[] }
  /** Its addresses lead to a peer by its id: somebody else at one of them is nobody. */
  readonly leadsById?: boolean
  /** One that takes a call and never says a word; left out where there is no such thing. */
  readonly silent?: string | undefined
  /** Switches the transport at `there` off and on again. */
  off(): Promise<void>
  on(): Promise<void>
}
