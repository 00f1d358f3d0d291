import { definePlugin, messageOf, settings } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { Contacts } from '@palabre/sdk/contract/contacts'
import { MailFriends } from '@palabre/sdk/contract/mail-friends'
import { MailboxDesk } from '@palabre/sdk/contract/mailbox-desk'
import { MailboxPlaces } from '@palabre/sdk/contract/mailbox-places'
import { mailboxWire } from '@palabre/sdk/contract/mailbox-wire'
import { Network } from '@palabre/sdk/contract/network'
import { Store } from '@palabre/sdk/contract/store'
import { Telling } from '@palabre/sdk/contract/telling'
import { friendCommands } from './friend-commands.ts'
import { openFriends } from './friends.ts'
import { openKeptQueues } from './kept-queues.ts'
import { limits } from './limits.ts'
import { createTelling } from './telling.ts'

export const plugin = definePlugin({
  needs: { network: Network, store: Store, contacts: Contacts, desk: MailboxDesk, clock: Clock },
  provides: { friends: MailFriends, places: MailboxPlaces, telling: Telling },
  config: settings<{ megabytes: number; megabytesOfFriend: number }>(),
  async start({ network, store, contacts, desk, clock }, scope) {
    const friends = await openFriends({ store, contacts })
    scope.onStop(friends.close)
    const { megabytes, megabytesOfFriend } = scope.config
    const bytes = { total: megabytes * limits.mebibyte, ofFriend: megabytesOfFriend * limits.mebibyte }
    const queues = await openKeptQueues({ store, friendAt: friends.friendAt, bytes })
    scope.onStop(() => queues.close())
    scope.use(
      friends.watch((contact) => {
        if (friends.standing(contact) === 'mutual') return
        queues.forget(contact).catch((error: unknown) => scope.log.error('could not be forgotten', { reason: messageOf(error) }))
      }),
    )
    const { serve, close } = desk.open(queues, scope.log)
    scope.onStop(close)
    scope.use(network.protocol(mailboxWire.protocol, serve))
    const sweep = () => queues.sweep(clock.now())
    scope.every(limits.sweep, sweep)
    await sweep()
    const { add, remove, list } = friendCommands(friends, contacts, queues)
    scope.command('friends.add', add)
    scope.command('friends.remove', remove)
    scope.command('friends.list', list)
    return {
      friends,
      places: { all: () => friends.places(), watch: (fn) => friends.watch(fn) },
      telling: createTelling(friends, network),
    }
  },
})
