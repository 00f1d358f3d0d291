import * as assert from 'uvu/assert'
import type { Change, OutboxRow, Store } from '../contract/store.ts'
import { lawWith, type Law } from './law.ts'
import { add, bytes, idOf, message, placesAndTexts, refused, row } from './store-samples.ts'

/** Commits, records, the outbox and what was seen. */
export const commitLaws: readonly Law<Store>[] = [
  lawWith('a new store is empty', async (store) => {
    assert.equal(await store.messages('alice', { limit: 10 }), [])
    assert.equal(await store.conversations(), [])
    assert.equal(await store.outbox(), [])
    assert.equal(await store.records('contact'), [])
    assert.equal(await store.search('a', { limit: 10 }), [])
    assert.equal(await store.expired(Number.MAX_SAFE_INTEGER, 10), [])
    assert.is(await store.record('contact', 'a'), undefined)
    assert.is(await store.message(idOf(1)), undefined)
    assert.is(await store.seen(idOf(1)), undefined)
    assert.equal(await store.commit([]), { known: [] })
  }),
  lawWith('records are put, replaced, removed and told apart by kind and key, in the order of their keys', async (store) => {
    await store.commit([
      { do: 'put', kind: 'contact', key: 'b', value: bytes(1) },
      { do: 'put', kind: 'contact', key: 'a', value: bytes(2) },
      { do: 'put', kind: 'contact', key: 'a\u0000', value: bytes(3) },
      { do: 'put', kind: 'session', key: 'a', value: bytes() },
    ])
    await store.commit([
      { do: 'put', kind: 'contact', key: 'b', value: bytes(4) },
      { do: 'remove', kind: 'contact', key: 'a\u0000' },
      { do: 'remove', kind: 'contact', key: 'nobody' },
    ])
    assert.equal(await store.records('contact'), [
      { key: 'a', value: bytes(2) },
      { key: 'b', value: bytes(4) },
    ])
    assert.equal(await store.record('session', 'a'), bytes())
    assert.is(await store.record('setting', 'a'), undefined)
  }),
  lawWith('what fails in the middle of a commit leaves nothing of it behind', async (store) => {
    await store.commit(everyKind(1))
    const before = await everything(store)
    const impossible = [
      { do: 'explode' },
      undefined,
      { do: 'add' },
      { do: 'put', kind: 'contact', key: 'c' },
      { do: 'remove', kind: 'nothing', key: 'k' },
    ]
    for (const one of impossible) {
      await refused(store.commit([...everyKind(2), one as Change, ...everyKind(3)]), 'bad-argument')
      assert.equal(await everything(store), before)
    }
    await store.commit([add(4)])
    assert.is((await store.message(idOf(4)))?.place, 2, 'no place was used up')
  }),
  lawWith('a commit that fails takes none of those asked for beside it along', async (store) => {
    const good = [1, 2, 3, 4].map((n) => store.commit([add(n)]))
    const bad = store.commit([add(5), { do: 'explode' } as never])
    const later = store.commit([add(6)])
    await refused(bad, 'bad-argument')
    await Promise.all([...good, later])
    assert.equal((await placesAndTexts(store, 'alice')).length, 5)
    assert.is((await store.message(idOf(6)))?.place, 5)
  }),
  lawWith('commits asked for together take effect in their order', async (store) => {
    const all = Array.from({ length: 300 }, (_, n) =>
      store.commit([add(n), { do: 'put', kind: 'session', key: 's', value: bytes(n & 255, n >> 8) }]),
    )
    await Promise.all(all)
    const kept = await store.messages('alice', { limit: 500 })
    assert.equal(
      kept.map(({ text, place }) => [text, place]),
      Array.from({ length: 300 }, (_, n) => [`text ${n}`, n + 1]),
    )
    assert.equal(await store.record('session', 's'), bytes(299 & 255, 299 >> 8))
  }),
  lawWith('one that adds what another is adding is told so', async (store) => {
    const [first, second] = await Promise.all([store.commit([add(1)]), store.commit([add(1, { text: 'other' }), add(2)])])
    assert.equal([first, second], [{ known: [] }, { known: [idOf(1)] }])
    assert.equal(await placesAndTexts(store, 'alice'), [
      [1, 'text 1'],
      [2, 'text 2'],
    ])
  }),
  lawWith('values are copied in and out', async (store) => {
    const [value, sealed, proof, envelopes] = [bytes(1), bytes(2), bytes(3), ['m']]
    const given = { ...message(1), text: 'as it was' }
    const changes: Change[] = [
      { do: 'put', kind: 'session', key: 's', value },
      { do: 'enqueue', row: row(1, { sealed, storedAt: envelopes }) },
      { do: 'see', envelope: idOf(1), proof, at: 1 },
      { do: 'add', message: given },
    ]
    const working = store.commit(changes)
    for (const one of [value, sealed, proof]) one.fill(9)
    envelopes.push('n')
    given.text = 'changed'
    changes.length = 0
    await working
    const read = async () => [
      await store.record('session', 's'),
      (await store.records('session'))[0]?.value,
      (await store.outbox())[0]?.sealed,
      await store.seen(idOf(1)),
      (await store.outbox())[0]?.storedAt,
      (await store.message(idOf(1)))?.text,
    ]
    const once = await read()
    assert.equal(once, [bytes(1), bytes(1), bytes(2), bytes(3), ['m'], 'as it was'])
    for (const one of once) if (one instanceof Uint8Array) one.fill(8)
    assert.equal(await read(), [bytes(1), bytes(1), bytes(2), bytes(3), ['m'], 'as it was'])
  }),
  lawWith('what is in a larger buffer comes back as what it was', async (store) => {
    const view = new Uint8Array(100_000).fill(5).subarray(1000, 1003)
    await store.commit([{ do: 'put', kind: 'session', key: 's', value: view }])
    const kept = await store.record('session', 's')
    assert.equal(kept, bytes(5, 5, 5))
    assert.is(Object.getPrototypeOf(kept), Uint8Array.prototype)
  }),
  lawWith('large values are kept whole', async (store) => {
    const value = Uint8Array.from({ length: 3_000_000 }, (_, i) => i * 7)
    const text = 'né '.repeat(22_000)
    await store.commit([{ do: 'put', kind: 'held', key: 'k', value }, add(1, { text })])
    assert.ok(sameBytes(await store.record('held', 'k'), value))
    assert.is((await store.message(idOf(1)))?.text, text)
  }),
  lawWith('the outbox keeps the order in which it was filled, whatever the times say', async (store) => {
    await store.commit([
      { do: 'enqueue', row: row(3) },
      { do: 'enqueue', row: row(1, { conversation: 'bob', message: idOf(1) }) },
    ])
    await store.commit([{ do: 'enqueue', row: row(2) }])
    const envelopes = async (options?: { conversation: string }) => (await store.outbox(options)).map(({ envelope }) => envelope)
    assert.equal(
      await envelopes(),
      [row(3), row(1), row(2)].map(({ envelope }) => envelope),
    )
    assert.equal(
      await envelopes({ conversation: 'alice' }),
      [row(3), row(2)].map(({ envelope }) => envelope),
    )
    assert.equal(await store.outbox({ conversation: 'bob' }), [row(1, { conversation: 'bob', message: idOf(1) })])
    assert.equal(await store.outbox({ conversation: 'nobody' }), [])
  }),
  lawWith('what waits is altered where it stands, taken out, and not queued twice', async (store) => {
    await store.commit([1, 2, 3].map((n): Change => ({ do: 'enqueue', row: row(n) })))
    const set: Partial<OutboxRow> = { attempts: 2, nextTry: 99, storedAt: ['m', 'n'] }
    await store.commit([
      { do: 'requeue', envelope: row(1).envelope, set },
      { do: 'requeue', envelope: row(3).envelope, set: { attempts: 1 } },
      { do: 'requeue', envelope: idOf(0), set },
      { do: 'enqueue', row: row(1, { sealed: bytes(9) }) },
      { do: 'dequeue', envelope: row(2).envelope },
      { do: 'dequeue', envelope: idOf(0) },
    ])
    assert.equal(await store.outbox(), [row(1, set), row(3, { attempts: 1 })])
  }),
  lawWith('envelopes that came are remembered until they are forgotten', async (store) => {
    await store.commit([
      { do: 'see', envelope: idOf(1), proof: bytes(1), at: 10 },
      { do: 'see', envelope: idOf(2), proof: bytes(2), at: 20 },
      { do: 'see', envelope: idOf(3), proof: bytes(), at: 20 },
    ])
    await store.commit([{ do: 'see', envelope: idOf(2), proof: bytes(2), at: 20 }])
    await store.commit([{ do: 'forget-seen', before: 20 }])
    assert.is(await store.seen(idOf(1)), undefined)
    assert.equal(await store.seen(idOf(2)), bytes(2))
    assert.equal(await store.seen(idOf(3)), bytes())
  }),
]

/** A change of each kind that leaves a trace when it is not taken back. */
function everyKind(n: number): Change[] {
  return [
    { do: 'put', kind: 'contact', key: `k${n}`, value: bytes(n) },
    { do: 'put', kind: 'contact', key: 'k', value: bytes(n) },
    { do: 'remove', kind: 'contact', key: `k${n - 1}` },
    add(n),
    { do: 'alter', id: idOf(1), set: { text: `altered ${n}`, state: 'read', reactions: { bob: `${n}` } } },
    add(100 + n, { conversation: `with ${n}` }),
    { do: 'erase', id: idOf(100 + n - 1) },
    { do: 'enqueue', row: row(n) },
    { do: 'requeue', envelope: row(1).envelope, set: { attempts: n } },
    { do: 'dequeue', envelope: row(n - 1).envelope },
    { do: 'see', envelope: idOf(n), proof: bytes(n), at: n },
    { do: 'forget-seen', before: n },
    ...(n > 1 ? [{ do: 'clear', conversation: 'alice' } as const] : []),
  ]
}

async function everything(store: Store): Promise<unknown> {
  return {
    records: await store.records('contact'),
    messages: await store.messages('alice', { limit: 500 }),
    conversations: await store.conversations(),
    found: await store.search('altered', { limit: 500 }),
    outbox: await store.outbox(),
    seen: await Promise.all([1, 2, 3].map((n) => store.seen(idOf(n)))),
  }
}

function sameBytes(a: Uint8Array | undefined, b: Uint8Array): boolean {
  return a?.length === b.length && a.every((byte, i) => byte === b[i])
}
