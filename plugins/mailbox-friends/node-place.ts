import type { Network } from '@palabre/sdk/contract/network'
import type { RelayPlace } from '@palabre/sdk/contract/relay-link'
import { addressesAllowed, type RoutePolicy } from '@palabre/sdk/contract/route'
import { limits } from './limits.ts'

/** Where our node is, as far as this policy lets somebody know. */
export function myPlace(network: Pick<Network, 'self' | 'addresses'>, policy: RoutePolicy): RelayPlace {
  const all = network.addresses().map((one) => one.replace(/\/p2p\/[A-Za-z0-9]+$/, ''))
  return { peer: network.self, addresses: addressesAllowed(all, policy).slice(0, limits.addresses) }
}

/** What a contact has told. Undefined when they keep nothing for us. */
export function readPlace(value: unknown): RelayPlace | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { peer, addresses } = value as Record<string, unknown>
  if (typeof peer !== 'string' || !/^[A-Za-z0-9]{16,128}$/.test(peer)) return undefined
  const said: unknown[] = Array.isArray(addresses) ? addresses.slice(0, limits.addresses) : []
  return { peer, addresses: said.filter((one): one is string => typeof one === 'string' && one.length <= limits.address) }
}
