import type { Transport } from '@libp2p/interface'
import { tcp } from '@libp2p/tcp'
import { lookupBy } from '@palabre/sdk/contract/resolver'
import type { NodePart } from '@palabre/sdk/contract/transport'

/** Sockets of Node, which ask `names` where they would ask the operating system. */
export const createTcp: NodePart<Transport> = (components, names) => {
  // Handed on to `net.connect` as it is, though its type does not name what that takes.
  const dialOpts: object = { lookup: lookupBy(names) }
  return tcp({ dialOpts })(components)
}
