import type { Listener, Transport as Libp2pTransport } from '@libp2p/interface'
import type { NodePart, Transport } from '@palabre/sdk/contract/transport'

type Make = (options: { rtcConfiguration: { iceServers: [] } }) => NodePart<Libp2pTransport>

interface Deps {
  readonly make: Make
  /** Changes how one of its listeners has its port. */
  readonly onPort: (listener: Listener) => Listener
}

/** The servers are told explicitly to be none: the library would ask four public companies for an address that this way does not need. */
export function directTransport({ make, onPort }: Deps, listen: readonly string[]): Transport {
  const makeTransport = make({ rtcConfiguration: { iceServers: [] } })
  const create: Transport['create'] = (components, names) => {
    const transport = makeTransport(components, names)
    const createListener = transport.createListener.bind(transport)
    transport.createListener = (options) => onPort(createListener(options))
    return transport
  }
  return { name: 'webrtc-direct', create, listen, makes: 'direct', rank: 35 }
}
