import type { Network } from '@palabre/sdk/contract/network'
import type { Telling } from '@palabre/sdk/contract/telling'
import { told, type Friends } from './friends.ts'
import { myPlace } from './node-place.ts'

/** Our consent, told to whom it concerns: it is where our node is, and its absence says that there is none. */
export function createTelling(friends: Friends, network: Network): Telling {
  return {
    name: told,
    tell(contact) {
      const person = friends.people().find(({ id }) => id === contact)
      return person !== undefined && friends.hasAgreed(contact) ? myPlace(network, person.policy) : undefined
    },
    watch(fn) {
      const ofFriends = friends.watch(fn)
      const ofNetwork = network.watch(({ kind }) => kind === 'addresses-changed' && fn())
      return {
        [Symbol.dispose]() {
          ofFriends[Symbol.dispose]()
          ofNetwork[Symbol.dispose]()
        },
      }
    },
  }
}
