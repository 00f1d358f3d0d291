import { definePlugin } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { Contacts } from '@palabre/sdk/contract/contacts'
import { Identity } from '@palabre/sdk/contract/identity'
import { Network } from '@palabre/sdk/contract/network'
import { ShortInvites } from '@palabre/sdk/contract/short-invites'
import { answerInvites } from './answer-invites.ts'
import { createShortInvites } from './short-invites.ts'

export const plugin = definePlugin({
  needs: { network: Network, contacts: Contacts, identity: Identity, clock: Clock },
  provides: { shortInvites: ShortInvites },
  start({ network, contacts, identity, clock }, scope) {
    scope.use(answerInvites(network, contacts))
    return { shortInvites: createShortInvites({ network, contacts, identity, clock, signal: scope.signal }) }
  },
})
