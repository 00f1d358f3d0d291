import { registry } from '@multiformats/multiaddr'
import { ownAddress } from '@palabre/sdk/contract/own-address'

/**
 * Teaches the ecosystem our own form of address. Without it a whole message of a peer that has one such address (identify, a record
 * signed by it) could not be read, by those who do not have the transport either.
 */
export function readOwnAddresses(): void {
  registry.addProtocol({
    code: ownAddress.code,
    name: ownAddress.name,
    size: -1,
    validate(value) {
      if (value.length > ownAddress.length || !/^[a-z0-9-]+(\.[A-Za-z0-9_-]+)?$/.test(value))
        throw new Error(`"${value.slice(0, ownAddress.length)}" is no address of ours`)
    },
  })
}
