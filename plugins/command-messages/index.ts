import { definePlugin } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { Contacts } from '@palabre/sdk/contract/contacts'
import { Identity } from '@palabre/sdk/contract/identity'
import { Messenger } from '@palabre/sdk/contract/messenger'
import { conversationCommands } from './conversation-commands.ts'
import { followCommands } from './follow-commands.ts'
import { messageCommands } from './message-commands.ts'
import { roadCommand } from './road-command.ts'
import { sendCommand, type SendArgs } from './send-command.ts'

export const plugin = definePlugin({
  needs: { messenger: Messenger, contacts: Contacts, identity: Identity, clock: Clock },
  start(needs, scope) {
    const send = sendCommand(needs)
    scope.command<SendArgs & { to: string }>('send', ({ to, ...rest }, context) => send(to, rest, context))
    scope.command<SendArgs & { peer: string }>('net.send', ({ peer, ...rest }, context) => send(peer, rest, context))

    const follow = followCommands(needs)
    scope.command('listen', follow.listen)
    scope.command('messages.watch', follow.watch)

    const talk = conversationCommands(needs)
    scope.command('history', talk.history)
    scope.command('net.history', talk.history)
    scope.command('search', talk.search)
    scope.command('outbox', talk.outbox)
    scope.command('export', talk.export)
    scope.command('road', roadCommand(needs))
    scope.command('conversations', talk.conversations)
    scope.command('messages.read', talk.read)
    scope.command('messages.typing', talk.typing)
    scope.command('messages.fuse', talk.fuse)
    scope.command('messages.draft', talk.draft)
    scope.command('messages.receipts', talk.receipts)
    scope.command('messages.retry', talk.retry)
    scope.command('messages.clear', talk.clear)

    const one = messageCommands(needs.messenger)
    scope.command('messages.show', one.show)
    scope.command('messages.edit', one.edit)
    scope.command('messages.delete', one.delete)
    scope.command('messages.react', one.react)
    scope.command('messages.withdraw', one.withdraw)
    scope.command('messages.forget', one.forget)
  },
})
