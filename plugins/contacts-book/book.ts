import type { Contact, Contacts } from '@palabre/sdk/contract/contacts'
import type { UserId } from '@palabre/sdk/contract/identity'
import { utf8 } from '@palabre/sdk'
import type { BookSources } from './book-sources.ts'
import { exportPeople, readExport } from './export-format.ts'
import { faults } from './faults.ts'
import { openInvites } from './invites.ts'
import { limits } from './limits.ts'
import { cleanName } from './names.ts'
import { openPeople } from './people.ts'

export async function openBook(sources: BookSources): Promise<Contacts> {
  const { store, identity } = sources
  const people = await openPeople(sources)
  const myName = async () => utf8.decode((await store.record('setting', 'my-name')) ?? new Uint8Array()) ?? ''
  const invites = await openInvites({ ...sources, people, myName })

  const set = (id: UserId, change: Partial<Contact>) => people.keep({ ...people.known(id), ...change })

  return {
    list: async () => people.all(),
    get: async (id) => people.get(id),
    find: async (said) => people.find(said),
    rename: async (id, name) => set(id, { name: named(name) }),
    verify: async (id, verified) => set(id, verified ? { verified, suspect: undefined } : { verified }),
    block: async (id, blocked) => set(id, { blocked }),
    setPolicy: async (id, policy) => set(id, { policy }),
    trust: async (id) => set(id, { suspect: undefined }),
    remove: (id) => people.remove(id),

    createInvite: invites.create,
    invites: async () => invites.open(),
    inviteLink: async (id) => invites.link(id),
    revokeInvite: invites.revoke,
    readInvite: async (said) => invites.read(said),
    acceptInvite: invites.accept,
    admit: invites.admit,

    async learn(id, { name, hints, offer, answered }) {
      const contact = people.known(id)
      const theirName = name === undefined ? contact.theirName : cleanName(name)
      return people.keep({
        ...contact,
        theirName,
        name: contact.name === contact.theirName ? theirName || contact.name : contact.name,
        hints: hints ?? contact.hints,
        offer: offer ?? contact.offer,
        ...(answered === true ? { waiting: false, invite: undefined } : {}),
      })
    },
    myName,
    async setMyName(name) {
      await store.commit([{ do: 'put', kind: 'setting', key: 'my-name', value: utf8.encode(named(name)) }])
      people.tellOfMyself()
    },
    export: async () => exportPeople(people.all(), identity),
    async import(file) {
      const contacts = readExport(file, identity).filter(({ id }) => id !== identity.userId)
      const fresh = contacts.filter(({ id }) => people.get(id) === undefined)
      if (people.all().length + fresh.length > limits.contacts) throw faults.tooMany(limits.contacts)
      // Whom it brings under a name that somebody has by now is as suspect as if they came themselves, unless they were verified.
      const judged = fresh.map((contact): Contact =>
        contact.verified ? contact : { ...contact, suspect: contact.suspect ?? people.namesake(contact.name, contact.id)?.id },
      )
      for (const contact of judged) await people.keep(contact)
      return { added: fresh.length, known: contacts.length - fresh.length }
    },
    watch: people.watch,
  }
}

function named(name: string): string {
  const clean = cleanName(name)
  if (clean === '') throw faults.emptyName()
  return clean
}
