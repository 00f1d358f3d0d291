import * as assert from 'uvu/assert'
import type { Page, Store } from '../contract/store.ts'
import { lawWith, type Law } from './law.ts'
import { add, bytes, found, idOf, message, placesAndTexts, row } from './store-samples.ts'

/** Messages and conversations. */
export const messageLaws: readonly Law<Store>[] = [
  lawWith('a message comes back as it was added, with its place', async (store) => {
    const full = message(1, { mine: true, state: 'queued', replyTo: idOf(5), fuse: 60_000 })
    await store.commit([{ do: 'add', message: full }, add(2, { kind: 'notice', author: '', text: 'notice.key' })])
    assert.equal(await store.message(idOf(1)), { ...full, place: 1, reactions: {} })
    assert.equal(await store.message(idOf(2)), {
      ...message(2, { kind: 'notice', author: '', text: 'notice.key' }),
      place: 2,
      reactions: {},
    })
  }),
  lawWith('places grow in each conversation for itself, in the order of adding', async (store) => {
    await store.commit([add(3, { sentAt: 9 }), add(1, { sentAt: 5 }), add(2, { conversation: 'bob' })])
    await store.commit([add(4, { conversation: 'bob', sentAt: 1 }), add(5)])
    assert.equal(await placesAndTexts(store, 'alice'), [
      [1, 'text 3'],
      [2, 'text 1'],
      [3, 'text 5'],
    ])
    assert.equal(await placesAndTexts(store, 'bob'), [
      [1, 'text 2'],
      [2, 'text 4'],
    ])
  }),
  lawWith('a message is added once by its id, and the answer tells which were there', async (store) => {
    await store.commit([add(1)])
    await store.commit([{ do: 'alter', id: idOf(1), set: { state: 'read' } }])
    const answer = await store.commit([add(1, { text: 'again', conversation: 'bob' }), add(2), add(2, { text: 'twice' })])
    assert.equal([...answer.known].toSorted(), [idOf(1), idOf(2)])
    assert.equal(await placesAndTexts(store, 'alice'), [
      [1, 'text 1'],
      [2, 'text 2'],
    ])
    assert.equal(await placesAndTexts(store, 'bob'), [])
    assert.is((await store.message(idOf(1)))?.state, 'read')
    assert.equal(await found(store, 'again'), [])
  }),
  lawWith('altering changes what is named and leaves the rest', async (store) => {
    await store.commit([add(1), add(2)])
    const set = { text: 'new', editedAt: 1, readAt: 2, expiresAt: 3, copies: 4, state: 'failed', why: 'timed-out' } as const
    await store.commit([
      { do: 'alter', id: idOf(1), set },
      { do: 'alter', id: idOf(1), set: { reactions: { bob: '👍', '__proto__ ': 'x' } } },
      { do: 'alter', id: idOf(77), set },
    ])
    const altered = { ...message(1), ...set, place: 1, reactions: { bob: '👍', '__proto__ ': 'x' } }
    assert.equal(await store.message(idOf(1)), altered)
    await store.commit([{ do: 'alter', id: idOf(1), set: { why: undefined, readAt: undefined, state: 'queued' } }])
    const { why: _why, readAt: _readAt, ...rest } = altered
    assert.equal(await store.message(idOf(1)), { ...rest, state: 'queued' })
    assert.equal(await store.message(idOf(2)), { ...message(2), place: 2, reactions: {} })
    assert.is(await store.message(idOf(77)), undefined)
  }),
  lawWith('pages: the last ones, those before, those after, and both', async (store) => {
    await store.commit(Array.from({ length: 20 }, (_, n) => add(n)))
    await store.commit([{ do: 'erase', id: idOf(4) }])
    const places = async (page: Page) => (await store.messages('alice', page)).map(({ place }) => place)
    assert.equal(await places({ limit: 3 }), [18, 19, 20])
    assert.equal(await places({ limit: 3, before: 18 }), [15, 16, 17])
    assert.equal(await places({ limit: 3, before: 7 }), [3, 4, 6])
    assert.equal(await places({ limit: 3, before: 2 }), [1])
    assert.equal(await places({ limit: 3, before: 1 }), [])
    assert.equal(await places({ limit: 3, after: 4 }), [6, 7, 8])
    assert.equal(await places({ limit: 3, after: 18 }), [19, 20])
    assert.equal(await places({ limit: 3, after: 20 }), [])
    assert.equal(await places({ limit: 3, after: 10, before: 13 }), [11, 12])
    assert.equal(await places({ limit: 0 }), [])
  }),
  lawWith('no page is longer than 500', async (store) => {
    await store.commit(Array.from({ length: 600 }, (_, n) => add(n, { text: 'same' })))
    assert.is((await store.messages('alice', { limit: 10_000 })).length, 500)
    assert.is((await store.search('same', { limit: 10_000 })).length, 500)
  }),
  lawWith('an erased message leaves no trace and its place is not given again', async (store) => {
    await store.commit([add(1, { text: 'keep' }), add(2, { text: 'unmistakable' })])
    await store.commit([{ do: 'alter', id: idOf(2), set: { expiresAt: 5 } }])
    await store.commit([
      { do: 'erase', id: idOf(2) },
      { do: 'erase', id: idOf(88) },
    ])
    assert.is(await store.message(idOf(2)), undefined)
    assert.equal(await found(store, 'unmistakable'), [])
    assert.equal(await store.expired(10, 10), [])
    const [summary] = await store.conversations()
    assert.equal([summary?.last.text, summary?.unread], ['keep', 1])
    await store.commit([add(3)])
    assert.is((await store.message(idOf(3)))?.place, 3)
  }),
  lawWith('a cleared conversation is gone: messages, outbox and draft, and nothing else', async (store) => {
    await store.commit([
      add(1, { text: 'unmistakable' }),
      add(2, { conversation: 'bob' }),
      { do: 'enqueue', row: row(1) },
      { do: 'enqueue', row: row(2, { conversation: 'bob' }) },
      ...['alice', 'bob'].map((key) => ({ do: 'put', kind: 'draft', key, value: bytes(1) }) as const),
      { do: 'put', kind: 'session', key: 'alice', value: bytes(2) },
    ])
    await store.commit([{ do: 'clear', conversation: 'alice' }])
    assert.equal(await store.messages('alice', { limit: 9 }), [])
    assert.equal(await found(store, 'unmistakable'), [])
    assert.equal(
      (await store.conversations()).map(({ conversation }) => conversation),
      ['bob'],
    )
    assert.equal(
      (await store.outbox()).map(({ conversation }) => conversation),
      ['bob'],
    )
    assert.equal(
      (await store.records('draft')).map(({ key }) => key),
      ['bob'],
    )
    assert.equal(await store.record('session', 'alice'), bytes(2))
    assert.equal(await store.commit([add(1)]), { known: [] })
    assert.is((await store.message(idOf(1)))?.place, 1)
  }),
  lawWith('conversations come with their last message and what is unread, the last added to first', async (store) => {
    await store.commit([
      add(1),
      add(2, { conversation: 'bob', mine: true, author: 'me', state: 'sent' }),
      add(3),
      add(4, { conversation: 'carol', kind: 'notice', author: '' }),
      add(5, { conversation: 'bob' }),
    ])
    const summaries = async () =>
      (await store.conversations()).map(({ conversation, last, unread }) => [conversation, last.text, unread])
    assert.equal(await summaries(), [
      ['bob', 'text 5', 1],
      ['carol', 'text 4', 0],
      ['alice', 'text 3', 2],
    ])
    await store.commit([
      { do: 'alter', id: idOf(3), set: { state: 'read', readAt: 1 } },
      { do: 'erase', id: idOf(5) },
    ])
    assert.equal(await summaries(), [
      ['carol', 'text 4', 0],
      ['alice', 'text 3', 1],
      ['bob', 'text 2', 0],
    ])
  }),
  lawWith('messages whose time is over are told, the longest over first', async (store) => {
    await store.commit([1, 2, 3, 4].map((n) => add(n)))
    await store.commit([
      { do: 'alter', id: idOf(1), set: { expiresAt: 30 } },
      { do: 'alter', id: idOf(2), set: { expiresAt: 10 } },
      { do: 'alter', id: idOf(3), set: { expiresAt: 20 } },
    ])
    const over = async (now: number, limit = 9) => (await store.expired(now, limit)).map(({ text }) => text)
    assert.equal(await over(9), [])
    assert.equal(await over(20), ['text 2', 'text 3'])
    assert.equal(await over(99, 1), ['text 2'])
    await store.commit([{ do: 'alter', id: idOf(2), set: { expiresAt: 50 } }])
    assert.equal(await over(49), ['text 3', 'text 1'])
  }),
  lawWith('hostile strings are strings', async (store) => {
    const hostile = [
      '',
      "'; DROP TABLE messages; --",
      '"',
      '%_*?',
      '\u0000nul\u0000',
      '__proto__',
      'constructor',
      '\uFEFF\u202E\u0301',
      '👨‍👩‍👧‍👦',
      'a\r\nb',
      '\\',
      'a'.repeat(70_000),
    ]
    for (const [n, one] of hostile.entries())
      await store.commit([
        add(n, { conversation: one, author: one, text: one }),
        { do: 'alter', id: idOf(n), set: { reactions: Object.fromEntries([[one, one]]), why: one } },
        { do: 'put', kind: 'contact', key: one, value: bytes(n) },
        { do: 'enqueue', row: row(n, { conversation: one, storedAt: [one] }) },
      ])
    for (const [n, one] of hostile.entries()) {
      const [kept] = await store.messages(one, { limit: 2 })
      assert.equal([kept?.conversation, kept?.author, kept?.text, kept?.why], [one, one, one, one])
      assert.equal(Object.entries(kept!.reactions), [[one, one]])
      assert.equal(await store.record('contact', one), bytes(n))
      assert.equal(
        (await store.outbox({ conversation: one })).map(({ storedAt }) => storedAt),
        [[one]],
      )
    }
    assert.is((await store.conversations()).length, hostile.length)
  }),
]
