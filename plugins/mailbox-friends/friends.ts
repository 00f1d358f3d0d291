import type { Contact, Contacts } from '@palabre/sdk/contract/contacts'
import type { UserId } from '@palabre/sdk/contract/identity'
import type { MailFriends, Standing } from '@palabre/sdk/contract/mail-friends'
import type { MailboxPlace } from '@palabre/sdk/contract/mailbox-places'
import { readNodePlace } from '@palabre/sdk/contract/node-place'
import { addressesAllowed } from '@palabre/sdk/contract/route'
import type { Store } from '@palabre/sdk/contract/store'
import { limits } from './limits.ts'

/** The name under which the consent is told. */
export const told = 'friends'

/** Whom we keep for and who keeps for us: our word is kept in the store, theirs came inside the encryption. */
export interface Friends extends MailFriends {
  /** The nodes of those with whom it is mutual. */
  places(): readonly MailboxPlace[]
  /** The friend whose node this is, when it is mutual. */
  friendAt(peer: string): UserId | undefined
  hasAgreed(contact: UserId): boolean
  /** Everybody who is not blocked. */
  people(): readonly Contact[]
  close(): void
}

interface FriendSources {
  readonly store: Store
  readonly contacts: Pick<Contacts, 'list' | 'watch'>
}

export async function openFriends({ store, contacts }: FriendSources): Promise<Friends> {
  const book = new Map((await contacts.list()).map((contact) => [contact.id, contact]))
  const agreed = new Set<UserId>()
  for (const { key } of await store.records('setting')) {
    if (key.startsWith(prefix)) agreed.add(key.slice(prefix.length) as UserId)
  }
  const watchers = new Set<(contact: UserId) => void>()
  const tell = (contact: UserId) => watchers.forEach((fn) => fn(contact))

  const placeOf = (id: UserId) => {
    const contact = book.get(id)
    return contact === undefined || contact.blocked ? undefined : readNodePlace(contact.hints[told])
  }
  const standing = (id: UserId): Standing => {
    const theirs = placeOf(id) !== undefined
    return agreed.has(id) ? (theirs ? 'mutual' : 'offered') : theirs ? 'asked' : 'none'
  }
  const seen = (contact: Contact) => JSON.stringify([contact.blocked, contact.policy, contact.hints[told]])

  const watching = contacts.watch(({ kind, contact }) => {
    const before = book.get(contact.id)
    if (kind === 'removed') {
      book.delete(contact.id)
      // The book takes what stands under a contact's name along.
      agreed.delete(contact.id)
    } else book.set(contact.id, contact)
    if (kind === 'removed' || before === undefined || seen(before) !== seen(contact)) tell(contact.id)
  })

  return {
    standing,
    async agree(contact, isAgreed) {
      if (isAgreed !== agreed.has(contact)) {
        const key = prefix + contact
        await store.commit([
          isAgreed ? { do: 'put', kind: 'setting', key, value: new Uint8Array([1]) } : { do: 'remove', kind: 'setting', key },
        ])
        if (isAgreed) agreed.add(contact)
        else agreed.delete(contact)
        tell(contact)
      }
      return standing(contact)
    },
    watch(fn) {
      watchers.add(fn)
      return { [Symbol.dispose]: () => void watchers.delete(fn) }
    },
    places: () =>
      [...agreed].flatMap((contact) => {
        const place = placeOf(contact)
        const addresses = addressesAllowed(place?.addresses ?? [], book.get(contact)?.policy ?? 'relayed-only')
        return place === undefined || addresses.length === 0 ? [] : [{ peer: place.peer, addresses, keeps: limits.block, contact }]
      }),
    friendAt: (peer) => [...agreed].find((contact) => placeOf(contact)?.peer === peer),
    hasAgreed: (contact) => agreed.has(contact) && book.get(contact)?.blocked === false,
    people: () => [...book.values()].filter(({ blocked }) => !blocked),
    close: () => watching[Symbol.dispose](),
  }
}

const prefix = 'mail-friend/'
