import * as assert from 'uvu/assert'
import type { Store } from '../contract/store.ts'
import { lawWith, type Law } from './law.ts'
import { commitLaws } from './store-commits.ts'
import { messageLaws } from './store-messages.ts'
import { add, bytes, found, idOf, placesAndTexts, row } from './store-samples.ts'
import { searchLaws } from './store-search.ts'

/** The subject is new and empty. */
export const storeLaws: readonly Law<Store>[] = [...commitLaws, ...messageLaws, ...searchLaws]

export interface KeptStore {
  readonly store: Store
  /** Closes it and opens it again, as the next start of the host would. */
  reopen(): Promise<Store>
}

/** What holds beside it for stores that outlive their process. */
export const keptStoreLaws: readonly Law<KeptStore>[] = [
  lawWith('everything is there after a restart', async ({ store, reopen }) => {
    await store.commit([
      { do: 'put', kind: 'session', key: 's', value: bytes(1, 2, 3) },
      add(1, { text: 'été', replyTo: idOf(9), fuse: 5 }),
      add(2),
      { do: 'alter', id: idOf(2), set: { state: 'read', readAt: 7, expiresAt: 12, reactions: { bob: '👍' } } },
      { do: 'enqueue', row: row(1, { storedAt: ['m'], message: idOf(1) }) },
      { do: 'enqueue', row: row(2) },
      { do: 'see', envelope: idOf(7), proof: bytes(7), at: 1 },
    ])
    const everything = async (one: Store) => [
      await one.record('session', 's'),
      await one.records('session'),
      await one.messages('alice', { limit: 9 }),
      await one.conversations(),
      await one.outbox(),
      await one.seen(idOf(7)),
      await one.expired(12, 9),
      await found(one, 'ETE'),
    ]
    const before = await everything(store)
    assert.equal(await everything(await reopen()), before)
  }),
  lawWith('what was erased stays away, and its place is not given again', async ({ store, reopen }) => {
    await store.commit([add(1), add(2)])
    await store.commit([{ do: 'erase', id: idOf(2) }])
    const again = await reopen()
    await again.commit([add(3)])
    assert.equal(await placesAndTexts(again, 'alice'), [
      [1, 'text 1'],
      [3, 'text 3'],
    ])
    assert.equal(await found(again, 'text 2'), [])
  }),
  lawWith('a commit that was asked for before it closes is there afterwards', async ({ store, reopen }) => {
    const working = Promise.all([1, 2, 3].map((n) => store.commit([add(n)])))
    const again = await reopen()
    await working
    assert.is((await again.messages('alice', { limit: 9 })).length, 3)
  }),
]
