import { definePlugin, settings } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { reply } from '@palabre/sdk/contract/command'
import { MailboxPlaces } from '@palabre/sdk/contract/mailbox-places'
import { Network } from '@palabre/sdk/contract/network'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { readRelayLink } from '@palabre/sdk/contract/relay-link'
import { Route } from '@palabre/sdk/contract/route'
import { Store } from '@palabre/sdk/contract/store'
import { faults } from './faults.ts'
import { limits } from './limits.ts'
import { statusText } from './tell.ts'
import { openMailboxRoute } from './mailbox-route.ts'
import { placesOf } from './places.ts'

export const plugin = definePlugin({
  needs: { network: Network, store: Store, primitives: Primitives, clock: Clock, others: MailboxPlaces },
  provides: { route: Route },
  config: settings<{ mailboxes: readonly string[]; always: boolean; friendsOnly: boolean }>(),
  async start(needs, scope) {
    const { mailboxes, always, friendsOnly } = scope.config
    const relays = (friendsOnly ? [] : mailboxes).map((said) => {
      const relay = readRelayLink(said)
      if (relay === undefined) throw faults.badLink(said)
      return relay
    })
    const sources = { ...needs, places: placesOf(relays, needs.others), always, log: scope.log, signal: scope.signal }
    const { route, status, tidy, placesChanged, quiet } = await openMailboxRoute(sources)
    scope.onStop(quiet)
    needs.others.watch((one) => {
      const watching = one.watch(placesChanged)
      placesChanged()
      return () => watching[Symbol.dispose]()
    })
    scope.command('mailbox.status', async () => {
      const now = await status()
      return reply(now, statusText(now))
    })
    await tidy()
    scope.every(limits.tidy, tidy)
    return { route }
  },
})
