import { definePlugin, settings } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { Contacts } from '@palabre/sdk/contract/contacts'
import { Identity } from '@palabre/sdk/contract/identity'
import { Keyring } from '@palabre/sdk/contract/keyring'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { Route } from '@palabre/sdk/contract/route'
import { Store } from '@palabre/sdk/contract/store'
import { openBook } from './book.ts'

export const plugin = definePlugin({
  needs: { store: Store, identity: Identity, keyring: Keyring, primitives: Primitives, clock: Clock, routes: Route },
  provides: { contacts: Contacts },
  config: settings<{ inviteDays: number }>(),
  async start({ store, identity, keyring, primitives, clock, routes }, scope) {
    const { inviteDays } = scope.config
    return { contacts: await openBook({ store, identity, keyring, primitives, clock, routes, inviteDays, log: scope.log }) }
  },
})
