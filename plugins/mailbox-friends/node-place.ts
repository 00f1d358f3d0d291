import type { Network } from '@palabre/sdk/contract/network'
import type { NodePlace } from '@palabre/sdk/contract/node-place'
import { addressesAllowed, type RoutePolicy } from '@palabre/sdk/contract/route'
import { limits } from './limits.ts'

/** Where our node is, as far as this policy lets somebody know. */
export function myPlace(network: Pick<Network, 'self' | 'addresses'>, policy: RoutePolicy): NodePlace {
  const all = network.addresses().map((one) => one.replace(/\/p2p\/[A-Za-z0-9]+$/, ''))
  return { peer: network.self, addresses: addressesAllowed(all, policy).slice(0, limits.addresses) }
}
