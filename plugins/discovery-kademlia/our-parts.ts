import type { KadDHTComponents } from '@libp2p/kad-dht'
import type { Multiaddr } from '@multiformats/multiaddr'
import { BoundedRecords } from './records.ts'

/** The node's parts, with records that are bounded, and without the addresses that are not for everybody. */
export function ourParts(components: KadDHTComponents, isTellable: (address: Multiaddr) => boolean): KadDHTComponents {
  const datastore = new BoundedRecords()
  const { addressManager } = components
  const told = new Proxy(addressManager, {
    get: (target, name) =>
      name === 'getAddresses' ? () => target.getAddresses().filter(isTellable) : bound(target, Reflect.get(target, name, target)),
  })
  return new Proxy(components, {
    get: (target, name) =>
      name === 'datastore' ? datastore : name === 'addressManager' ? told : Reflect.get(target, name, target),
  })
}

const bound = (target: object, value: unknown): unknown => (typeof value === 'function' ? value.bind(target) : value)
