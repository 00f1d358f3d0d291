import { definePlugin } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { Contacts } from '@palabre/sdk/contract/contacts'
import { Messenger } from '@palabre/sdk/contract/messenger'
import { feed, type FeedArgs } from './feed.ts'

export const plugin = definePlugin({
  needs: { messenger: Messenger, contacts: Contacts, clock: Clock },
  start(needs, scope) {
    scope.command<FeedArgs>('feed', (args, { signal }) => feed(needs, args, signal))
  },
})
