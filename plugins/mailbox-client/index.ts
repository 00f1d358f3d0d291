import { definePlugin, settings } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { reply } from '@palabre/sdk/contract/command'
import { Network } from '@palabre/sdk/contract/network'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { readRelayLink } from '@palabre/sdk/contract/relay-link'
import { Route } from '@palabre/sdk/contract/route'
import { Store } from '@palabre/sdk/contract/store'
import { faults } from './faults.ts'
import { limits } from './limits.ts'
import { statusText } from './tell.ts'
import { openMailboxRoute } from './mailbox-route.ts'

export const plugin = definePlugin({
  needs: { network: Network, store: Store, primitives: Primitives, clock: Clock },
  provides: { route: Route },
  config: settings<{ mailboxes: readonly string[] }>(),
  async start(needs, scope) {
    const relays = scope.config.mailboxes.map((said) => {
      const relay = readRelayLink(said)
      if (relay === undefined) throw faults.badLink(said)
      return relay
    })
    const { route, status, tidy, quiet } = await openMailboxRoute({ ...needs, log: scope.log, signal: scope.signal, relays })
    scope.onStop(quiet)
    scope.command('mailbox.status', () => reply(status(), statusText(status())))
    await tidy()
    scope.every(limits.tidy, tidy)
    return { route }
  },
})
