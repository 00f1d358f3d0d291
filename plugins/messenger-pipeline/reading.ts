import { utf8 } from '@palabre/sdk'
import type { Contact } from '@palabre/sdk/contract/contacts'
import type { Conversation, Messenger, Pending } from '@palabre/sdk/contract/messenger'
import { fuseOf, tellsReading } from './conversation-settings.ts'
import type { Core } from './stations.ts'
import { faults } from './faults.ts'
import { why } from './why.ts'

type Reading = Pick<
  Messenger,
  'history' | 'message' | 'conversations' | 'search' | 'pending' | 'reachability' | 'road' | 'draft' | 'receipts'
>

/** What the person looks at. */
export function createReading(core: Core): Reading {
  const { store, contacts, outbox, delivery } = core
  return {
    history: (to, page) => store.messages(to, page),
    message: (id) => store.message(id),
    search: (words, options) => store.search(words, options),
    async conversations() {
      const summaries = new Map((await store.conversations()).map((one) => [one.conversation, one]))
      const people = await contacts.list()
      const all = await Promise.all(
        people.map(async (contact): Promise<Conversation> => {
          const { id, name, waiting, blocked, verified } = contact
          const summary = summaries.get(id) ?? { unread: 0 }
          const reachability = delivery.reachability(contact)
          return { ...summary, conversation: id, name, waiting, blocked, verified, fuse: await fuseOf(store, id), reachability }
        }),
      )
      return all.toSorted((a, b) => (b.last?.receivedAt ?? 0) - (a.last?.receivedAt ?? 0) || a.name.localeCompare(b.name))
    },
    async pending(to) {
      const people = (await contacts.list()).filter(({ id }) => to === undefined || id === to)
      return people.flatMap((contact) => pendingOf(contact))
    },
    async reachability(to) {
      const contact = await contacts.get(to)
      if (contact === undefined) throw faults.nobody(to)
      return delivery.reachability(contact)
    },
    async road(to, options = {}) {
      const contact = await contacts.get(to)
      if (contact === undefined) throw faults.nobody(to)
      return delivery.road(contact, options)
    },
    draft: async (to) => utf8.decode((await store.record('draft', to)) ?? new Uint8Array()) ?? '',
    receipts: () => tellsReading(store),
  }

  function pendingOf(contact: Contact): Pending[] {
    const { attempts, nextTry } = delivery.attempts(contact.id)
    const reachability = delivery.reachability(contact)
    return outbox.rows(contact.id).map(({ message, queuedAt, storedAt }) => {
      const state = storedAt.length > 0 ? 'stored' : reachability.state === 'up' ? 'sent' : 'queued'
      const reason =
        state === 'stored'
          ? why.stored
          : (delivery.why(contact.id) ?? (state === 'sent' ? why.unacknowledged : (reachability.why ?? why.queued)))
      return { conversation: contact.id, message, state, queuedAt, attempts, nextTry, why: reason }
    })
  }
}
