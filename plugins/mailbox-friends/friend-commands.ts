import { reply } from '@palabre/sdk/contract/command'
import type { Contacts } from '@palabre/sdk/contract/contacts'
import type { Friends } from './friends.ts'
import type { KeptQueues } from './kept-queues.ts'
import { agreedText, blocked, listText, standingTexts } from './tell.ts'

interface Whom {
  readonly contact: string
}

export function friendCommands(friends: Friends, contacts: Pick<Contacts, 'find'>, queues: Pick<KeptQueues, 'counts'>) {
  return {
    async add({ contact }: Whom) {
      const { id, name, blocked: isBlocked } = await contacts.find(contact)
      if (isBlocked) throw blocked(name)
      const standing = await friends.agree(id, true)
      return reply({ id, name, standing }, agreedText(name, standing))
    },
    async remove({ contact }: Whom) {
      const { id, name } = await contacts.find(contact)
      await friends.agree(id, false)
      const standing = 'none'
      return reply({ id, name, standing }, standingTexts[standing](name))
    },
    async list() {
      const all = friends.people().map(({ id, name }) => ({ id, name, standing: friends.standing(id) }))
      const rows = all.filter(({ standing }) => standing !== 'none')
      return reply({ friends: rows, kept: await queues.counts() }, listText(rows))
    },
  }
}
