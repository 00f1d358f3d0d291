import { definePlugin, optional } from '@palabre/sdk'
import { Contacts } from '@palabre/sdk/contract/contacts'
import { Identity } from '@palabre/sdk/contract/identity'
import { MailFriends } from '@palabre/sdk/contract/mail-friends'
import { ShortInvites } from '@palabre/sdk/contract/short-invites'
import { contactCommands } from './contact-commands.ts'
import { inviteCommands } from './invite-commands.ts'

export const plugin = definePlugin({
  needs: { contacts: Contacts, identity: Identity, shortInvites: optional(ShortInvites), friends: optional(MailFriends) },
  start({ contacts, identity, shortInvites, friends }, scope) {
    const invites = inviteCommands(contacts, () => shortInvites.current)
    scope.command('invite.create', invites.create)
    scope.command('invite.accept', invites.accept)
    scope.command('invite.read', invites.read)
    scope.command('invite.list', invites.list)
    scope.command('invite.revoke', invites.revoke)
    const people = contactCommands(contacts, identity, (id) => friends.current?.standing(id) ?? 'none')
    scope.command('contacts.list', people.list)
    scope.command('contacts.show', people.show)
    scope.command('contacts.rename', people.rename)
    scope.command('contacts.verify', people.verify)
    scope.command('contacts.trust', people.trust)
    scope.command('contacts.block', people.block)
    scope.command('contacts.unblock', people.unblock)
    scope.command('contacts.policy', people.policy)
    scope.command('contacts.remove', people.remove)
    scope.command('contacts.export', people.export)
    scope.command('contacts.import', people.import)
    scope.command('contacts.watch', people.watch)
    scope.command('id.name', people.myName)
  },
})
