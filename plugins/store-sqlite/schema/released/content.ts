import { add, bytes, idOf, row } from '@palabre/sdk/conformance/store-samples'
import type { Change, Store } from '@palabre/sdk/contract/store'

/** The key of every database beside this file. */
export const key = Uint8Array.from({ length: 32 }, (_, i) => i)

/** What was committed to each of them, by the Palabre of its time; something of everything that can be kept. */
export const content: readonly Change[] = [
  { do: 'put', kind: 'contact', key: 'alice', value: bytes(1, 2, 3) },
  { do: 'put', kind: 'session', key: 'alice', value: bytes(4) },
  { do: 'put', kind: 'draft', key: 'alice', value: bytes(5, 6) },
  add(1, { text: 'Un été à Genève', replyTo: idOf(9) }),
  add(2, { mine: true, author: 'me', state: 'queued', text: 'an answer', fuse: 60_000 }),
  add(3, { conversation: 'bob', author: '', kind: 'notice', text: 'session-renewed', state: 'read' }),
  add(4, { conversation: 'bob', text: 'of somebody else' }),
  { do: 'alter', id: idOf(1), set: { reactions: { me: '👍' }, state: 'read', readAt: 5000, editedAt: 4000 } },
  { do: 'alter', id: idOf(2), set: { state: 'stored', copies: 2, expiresAt: 9000 } },
  add(5, { text: 'gone' }),
  { do: 'alter', id: idOf(5), set: { text: '', deletedAt: 6000 } },
  { do: 'enqueue', row: row(1, { message: idOf(2), storedAt: ['one', 'two'] }) },
  { do: 'enqueue', row: row(2, { conversation: 'bob', attempts: 3, nextTry: 8000 }) },
  { do: 'see', envelope: idOf(0xf001), proof: bytes(7, 8), at: 1000 },
]

/** All of it, as it is read. */
export async function readAll(store: Store): Promise<unknown> {
  return {
    records: await Promise.all((['contact', 'session', 'draft'] as const).map((kind) => store.records(kind))),
    messages: await Promise.all(['alice', 'bob'].map((one) => store.messages(one, { limit: 500 }))),
    conversations: await store.conversations(),
    found: await store.search('ete genev', { limit: 10 }),
    expired: await store.expired(9000, 10),
    outbox: await store.outbox(),
    seen: await store.seen(idOf(0xf001)),
  }
}
