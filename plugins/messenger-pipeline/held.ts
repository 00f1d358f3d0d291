import type { Change, Store } from '@palabre/sdk/contract/store'
import { decodeBody, type Body } from './body.ts'

/**
 * Open bodies that cannot be shown yet: they came before their turn, or are parts of something longer. Kept in the store, since the
 * keys that opened them are gone; at hand, since each arrival asks for them. What is at hand changes before the commit, and is read anew
 * when that fails.
 */
export interface HeldBodies {
  get(contact: string, epoch: number, number: number): Body | undefined
  count(contact: string): number
  /** The oldest that waits for its turn, per contact. */
  waiting(): readonly { readonly contact: string; readonly epoch: number; readonly number: number; readonly since: number }[]
  keeping(contact: string, bytes: Uint8Array, body: Body): Change
  dropping(contact: string, epoch: number, number: number): Change
  kept(contact: string, body: Body, now: number): void
  dropped(contact: string, epoch: number, number: number): void
  /** Reads what is kept of one contact. */
  reload(contact: string, now: number): Promise<void>
  /** Nothing of theirs is kept any more. */
  forget(contact: string): void
}

export async function loadHeld(store: Pick<Store, 'records'>, now: number): Promise<HeldBodies> {
  const table = new Map<string, Map<string, { readonly body: Body; readonly since: number }>>()
  const put = (contact: string, body: Body, since: number) => {
    const theirs = table.get(contact) ?? new Map<string, { body: Body; since: number }>()
    table.set(contact, theirs.set(`${body.epoch}/${body.number}`, { body, since }))
  }
  const load = async (since: number, only?: string) => {
    const records = await store.records('held')
    if (only !== undefined) table.delete(only)
    for (const { key, value } of records) {
      const [, contact] = /^in\/([^/]+)\//.exec(key) ?? []
      const body = decodeBody(value)
      if (contact !== undefined && body !== undefined && (only ?? contact) === contact) put(contact, body, since)
    }
  }
  await load(now)

  return {
    reload: (contact, since) => load(since, contact),
    forget: (contact) => void table.delete(contact),
    get: (contact, epoch, number) => table.get(contact)?.get(`${epoch}/${number}`)?.body,
    count: (contact) => table.get(contact)?.size ?? 0,
    waiting: () =>
      [...table].flatMap(([contact, theirs]) =>
        [...theirs.values()].map(({ body: { epoch, number }, since }) => ({ contact, epoch, number, since })),
      ),
    keeping: (contact, value, { epoch, number }) => ({ do: 'put', kind: 'held', key: keyOf(contact, epoch, number), value }),
    dropping: (contact, epoch, number) => ({ do: 'remove', kind: 'held', key: keyOf(contact, epoch, number) }),
    kept: put,
    dropped(contact, epoch, number) {
      const theirs = table.get(contact)
      theirs?.delete(`${epoch}/${number}`)
      if (theirs?.size === 0) table.delete(contact)
    },
  }
}

const keyOf = (contact: string, epoch: number, number: number) => `in/${contact}/${epoch}/${number}`
