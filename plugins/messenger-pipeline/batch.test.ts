import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createBatch } from './batch.ts'
import { loadOutbox } from './outbox.ts'
import { messageOf, openCountedStore, rowOf } from './store-for-tests.ts'

test('it shows the store as it will look', async () => {
  await using opened = await openCountedStore()
  const { store } = opened
  await store.commit([
    { do: 'add', message: messageOf('a') },
    { do: 'see', envelope: 'e', proof: Uint8Array.of(1), at: 1 },
  ])
  const batch = createBatch(store, await loadOutbox(store))
  batch.push({ do: 'alter', id: 'a', set: { state: 'read' } }, { do: 'add', message: messageOf('b') })
  batch.push({ do: 'alter', id: 'b', set: { text: 'B' } }, { do: 'see', envelope: 'f', proof: Uint8Array.of(2), at: 1 })
  assert.is((await batch.message('a'))!.state, 'read')
  assert.is((await batch.message('b'))!.text, 'B')
  assert.equal([await batch.seen('e'), await batch.seen('f')], [Uint8Array.of(1), Uint8Array.of(2)])
  batch.push({ do: 'erase', id: 'a' })
  assert.is(await batch.message('a'), undefined)
  await store.commit(batch.changes)
  assert.equal([await store.message('a'), (await store.message('b'))!.text], [undefined, 'B'])
})

test('a part that is dropped leaves no trace; one that is absorbed counts', async () => {
  await using opened = await openCountedStore()
  const batch = createBatch(opened.store, await loadOutbox(opened.store))
  batch.push({ do: 'add', message: messageOf('a') })
  const dropped = batch.fork()
  assert.is((await dropped.message('a'))!.text, 'a')
  dropped.push({ do: 'alter', id: 'a', set: { text: 'dropped' } }, { do: 'add', message: messageOf('b') })
  assert.is((await dropped.message('a'))!.text, 'dropped')
  assert.equal([(await batch.message('a'))!.text, await batch.message('b')], ['a', undefined])
  const kept = batch.fork()
  kept.push({ do: 'alter', id: 'a', set: { text: 'kept' } })
  batch.absorb(kept)
  assert.is((await batch.fork().message('a'))!.text, 'kept')
})

test('it shows what will wait, and what is kept beside it', async () => {
  await using opened = await openCountedStore()
  const { store } = opened
  await store.commit([rowOf('a', 'one'), rowOf('b', 'two')].map((row) => ({ do: 'enqueue', row })))
  const batch = createBatch(store, await loadOutbox(store))
  const waiting = () => batch.outbox.rows('bob').map(({ envelope }) => envelope)
  batch.push({ do: 'enqueue', row: rowOf('c', 'one') }, { do: 'dequeue', envelope: 'a' })
  batch.push({ do: 'requeue', envelope: 'b', set: { storedAt: ['there'] } })
  batch.push({ do: 'put', kind: 'held', key: 'k', value: Uint8Array.of(1) })
  assert.equal([waiting(), batch.outbox.ofMessage('one'), batch.outbox.row('a')], [['b', 'c'], ['c'], undefined])
  assert.equal([batch.outbox.row('b')!.storedAt, await batch.record('held', 'k')], [['there'], Uint8Array.of(1)])

  const part = batch.fork()
  part.push({ do: 'dequeue', envelope: 'c' }, { do: 'remove', kind: 'held', key: 'k' })
  assert.equal([part.outbox.ofMessage('one'), await part.record('held', 'k')], [[], undefined])
  assert.equal(waiting(), ['b', 'c'])
  batch.absorb(part)
  await store.commit(batch.changes)
  assert.equal(
    batch.outbox.rows('bob'),
    (await store.outbox()).map((row) => ({ ...row })),
  )
})

test.run()
