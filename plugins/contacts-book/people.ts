import type { Contact, Contacts } from '@palabre/sdk/contract/contacts'
import type { UserId } from '@palabre/sdk/contract/identity'
import type { Log } from '@palabre/sdk/contract/log'
import type { Change, Store } from '@palabre/sdk/contract/store'
import { messageOf } from '@palabre/sdk'
import { decodeContact, encodeContact } from './contact-record.ts'
import { faults } from './faults.ts'
import { foldName } from './names.ts'

type Watcher = Parameters<Contacts['watch']>[0]

/** Everybody in the book, kept in the store and at hand. */
export interface People {
  all(): readonly Contact[]
  get(id: UserId): Contact | undefined
  /** Fails with `bad-argument` for somebody who is not in the book. */
  known(id: UserId): Contact
  find(said: string): Contact
  /** Another one who goes by this name. */
  namesake(name: string, id: UserId): Contact | undefined
  keeping(contact: Contact): Change
  /** After its change was committed. */
  kept(contact: Contact): void
  keep(contact: Contact): Promise<Contact>
  remove(id: UserId): Promise<void>
  tellOfMyself(): void
  watch(fn: Watcher): Disposable
}

export async function openPeople({ store, log }: { store: Store; log: Log }): Promise<People> {
  const book = new Map<UserId, Contact>()
  const watchers = new Set<Watcher>()
  for (const { key, value } of await store.records('contact')) {
    const contact = decodeContact(value)
    if (contact === undefined) log.error('a contact could not be read', { contact: key })
    else book.set(contact.id, contact)
  }

  const tell: Watcher = (change) => {
    for (const fn of watchers) {
      try {
        fn(change)
      } catch (error) {
        log.error('somebody who watches the contacts threw', { reason: messageOf(error) })
      }
    }
  }

  const people: People = {
    all: () => [...book.values()].toSorted((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id)),
    get: (id) => book.get(id),
    known(id) {
      const contact = book.get(id)
      if (contact === undefined) throw faults.nobody(id)
      return contact
    },
    find(said) {
      const fits = candidates([...book.values()], said.trim())
      if (fits.length === 0) throw faults.nobody(said)
      if (fits.length > 1) throw faults.several(said, fits)
      return fits[0]!
    },
    namesake: (name, id) => [...book.values()].find((other) => other.id !== id && foldName(other.name) === foldName(name)),
    keeping: (contact) => ({ do: 'put', kind: 'contact', key: contact.id, value: encodeContact(contact) }),
    kept(contact) {
      const kind = book.has(contact.id) ? 'changed' : 'added'
      book.set(contact.id, contact)
      tell({ kind, contact })
    },
    async keep(contact) {
      await store.commit([people.keeping(contact)])
      people.kept(contact)
      return contact
    },
    async remove(id) {
      const contact = people.known(id)
      await store.commit([
        { do: 'clear', conversation: id },
        { do: 'remove', kind: 'session', key: id },
        ...(await traces(store, id)),
        { do: 'remove', kind: 'contact', key: id },
      ])
      book.delete(id)
      tell({ kind: 'removed', contact })
    },
    tellOfMyself: () => book.forEach((contact) => tell({ kind: 'changed', contact })),
    watch(fn) {
      watchers.add(fn)
      return { [Symbol.dispose]: () => void watchers.delete(fn) }
    },
  }
  return people
}

/** What others have kept under this contact's name: settings of the conversation, and what waited to be put together. */
async function traces(store: Store, id: UserId): Promise<Change[]> {
  const [settings, held] = await Promise.all([store.records('setting'), store.records('held')])
  const isTheirs = ({ key }: { readonly key: string }) => key.split('/').includes(id)
  return [
    ...settings.filter(isTheirs).map(({ key }): Change => ({ do: 'remove', kind: 'setting', key })),
    ...held.filter(isTheirs).map(({ key }): Change => ({ do: 'remove', kind: 'held', key })),
  ]
}

/** The whole id, the exact name, the name as people take it, or a beginning of either: the first of these that fits anybody. */
function candidates(contacts: readonly Contact[], said: string): Contact[] {
  if (said === '') return []
  const folded = foldName(said)
  const ways: ((contact: Contact) => boolean)[] = [
    ({ id }) => id === said.toLowerCase(),
    ({ name }) => name === said,
    ({ name }) => foldName(name) === folded,
    ({ id, name }) => (said.length >= 6 && id.startsWith(said.toLowerCase())) || foldName(name).startsWith(folded),
  ]
  for (const way of ways) {
    const fits = contacts.filter(way)
    if (fits.length > 0) return fits
  }
  return []
}
