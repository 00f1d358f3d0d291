import { definePlugin, optional } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { reply } from '@palabre/sdk/contract/command'
import { Contacts } from '@palabre/sdk/contract/contacts'
import { findingsText } from '@palabre/sdk/contract/finding'
import { Keyring } from '@palabre/sdk/contract/keyring'
import { Messenger } from '@palabre/sdk/contract/messenger'
import { Network } from '@palabre/sdk/contract/network'
import { Plugins } from '@palabre/sdk/contract/plugins'
import { Route } from '@palabre/sdk/contract/route'
import { Store } from '@palabre/sdk/contract/store'
import { Suite } from '@palabre/sdk/contract/suite'
import { Vault } from '@palabre/sdk/contract/vault'
import { checkup } from './checkup.ts'

export const plugin = definePlugin({
  needs: {
    plugins: Plugins,
    clock: Clock,
    suites: Suite,
    routes: Route,
    vault: optional(Vault),
    store: optional(Store),
    keyring: optional(Keyring),
    network: optional(Network),
    messenger: optional(Messenger),
    contacts: optional(Contacts),
  },
  start(needs, scope) {
    scope.command('checkup', async () => {
      const findings = await checkup(needs)
      return reply(findings, findingsText(findings))
    })
  },
})
