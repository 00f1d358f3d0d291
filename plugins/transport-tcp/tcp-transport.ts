import type { Transport } from '@libp2p/interface'
import { tcp } from '@libp2p/tcp'
import { lookupBy } from '@palabre/sdk/contract/resolver'
import type { NodePart } from '@palabre/sdk/contract/transport'
import { inOneGo } from './in-one-go.ts'

/** Sockets of Node, which ask `names` where they would ask the operating system. */
export const createTcp: NodePart<Transport> = (components, names) => {
  // Handed on to `net.connect` as it is, though its type does not name what that takes.
  const dialOpts: object = { lookup: lookupBy(names) }
  const transport: Transport = tcp({ dialOpts })(components)
  const dial = transport.dial.bind(transport)
  transport.dial = (address, options) => dial(address, { ...options, upgrader: inOneGo(options.upgrader) })
  const createListener = transport.createListener.bind(transport)
  transport.createListener = (options) => createListener({ ...options, upgrader: inOneGo(options.upgrader) })
  return transport
}
