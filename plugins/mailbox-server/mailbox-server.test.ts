import { isPalabreError } from '@palabre/sdk'
import { proveAll } from '@palabre/sdk/conformance/law'
import { mailboxLaws } from '@palabre/sdk/conformance/mailbox'
import { freshQueue, speakTo } from '@palabre/sdk/conformance/mailbox-speaker'
import { MailboxDesk } from '@palabre/sdk/contract/mailbox-desk'
import { mailboxWire } from '@palabre/sdk/contract/mailbox-wire'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { startTestHost } from '@palabre/sdk/testkit'
import { sql } from 'kysely'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createQueueStore } from './database-store.ts'
import { limits } from './limits.ts'
import { openSqlite } from './sqlite-kind.ts'

const day = 24 * 60 * 60 * 1000

proveAll(test, mailboxLaws, openBox)

test('a block is kept for 21 days and not longer, a queue for 90 days after somebody collected last', async () => {
  await using box = await openBox()
  const { subject, clock, store } = box
  const queue = freshQueue(subject.primitives)
  await (await speakTo(subject, 'owner')).create(queue)
  const depositor = await speakTo(subject, 'author')
  await depositor.ask({ kind: 'deposit', slot: await depositor.claim(1, queue), block: new Uint8Array(mailboxWire.block) })
  const blocksAfter = async (ms: number) => {
    await clock.advance(ms)
    await store.sweep(clock.now())
    return (await store.counts()).blocks
  }
  assert.is(await blocksAfter(day), 1)
  assert.is(await blocksAfter(6 * day), 1)
  assert.is(await blocksAfter(13.9 * day), 1)
  assert.is(await blocksAfter(0.2 * day), 0)
  await clock.advance(70 * day)
  await store.sweep(clock.now())
  assert.is((await store.counts()).queues, 0)
})

test('a file that cannot grow, or be written to, is said to be so, and keeps again as soon as it can', async () => {
  const kind = openSqlite(':memory:')
  const store = createQueueStore(kind, { maxQueues: 10 })
  const [recipient, sender, recipientKey, senderKey] = [16, 16, 32, 32].map((length) => randomBytes(length)) as [
    Buffer,
    ...Buffer[],
  ]
  const made = await store.create({ recipient, sender: sender!, recipientKey: recipientKey!, senderKey: senderKey! }, 0, 'owner')
  assert.ok(typeof made === 'object')
  const deposit = () => store.deposit(made.queue, { name: randomBytes(16), body: randomBytes(mailboxWire.block) }, 0)
  for (const [limit, lift, code, said] of [
    ['max_page_count = 1', 'max_page_count = 100000', 'storage-failed', 'is full'],
    ['query_only = on', 'query_only = off', 'unreachable', 'can only be read'],
  ] as const) {
    await sql.raw(`PRAGMA ${limit}`).execute(kind.database)
    const fault = await deposit().catch((error: unknown) => error)
    assert.ok(isPalabreError(fault), String(fault))
    assert.is(fault.code, code)
    assert.match(fault.text.en, said)
    assert.is(store.trouble(), fault)
    await sql.raw(`PRAGMA ${lift}`).execute(kind.database)
    assert.is(await deposit(), 'kept')
    assert.is(store.trouble(), undefined)
  }
  await store.close()
})

async function openBox() {
  const host = await startTestHost({
    plugins: [...['primitives-node', 'mailbox-desk'].map((id) => join(import.meta.dirname, '..', id))],
    lend: { primitives: Primitives, desk: MailboxDesk },
  })
  const { primitives, desk } = host.lent
  const { clock } = host
  const store = createQueueStore(openSqlite(':memory:'), { maxQueues: 10_000 })
  const quiet = { trace() {}, debug() {}, info() {}, warn() {}, error() {} }
  const { serve, close: closeDesk } = desk.open(store, quiet)
  const close = async () => {
    const closing = closeDesk()
    // Speakers of the tests never leave by themselves.
    await clock.advance(10_000)
    await closing
    await store.close()
    await host.stop()
  }
  const counts = () => store.counts()
  const subject = { primitives, serve, counts, friend: 'anybody', blocks: limits.blocks }
  return { subject, clock, store, close, [Symbol.asyncDispose]: close }
}

test.run()
