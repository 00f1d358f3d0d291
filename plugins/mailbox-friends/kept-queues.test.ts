import { proveAll } from '@palabre/sdk/conformance/law'
import { mailboxLaws } from '@palabre/sdk/conformance/mailbox'
import { freshQueue, refusalOf, speakTo, type TestQueue } from '@palabre/sdk/conformance/mailbox-speaker'
import { MailboxDesk } from '@palabre/sdk/contract/mailbox-desk'
import { mailboxWire } from '@palabre/sdk/contract/mailbox-wire'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { Store } from '@palabre/sdk/contract/store'
import { startTestHost } from '@palabre/sdk/testkit'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openKeptQueues } from './kept-queues.ts'
import { limits } from './limits.ts'

const hour = 60 * 60 * 1000
const block = mailboxWire.block

proveAll(test, mailboxLaws, async () => {
  const box = await openBox()
  return { subject: box, close: box.close }
})

test('who is no friend has no queue here, but may deposit in a friend’s', async () => {
  await using box = await openBox()
  assert.is(await refusalOf((await speakTo(box, 'a stranger')).create(freshQueue(box.primitives))), 'denied')
  const queue = await box.queueOf('ada')
  assert.is(await refusalOf(box.deposit(queue)), 'done')
})

test('what is kept is kept across a restart, in its order, and says nowhere whose it is', async () => {
  await using box = await openBox()
  const queue = await box.queueOf('ada')
  for (let count = 0; count < 3; count++) await box.deposit(queue)
  const records = await box.store.records('kept')
  assert.is(records.length, 4)
  const all = records.map(({ key, value }) => key + Buffer.from(value).toString('latin1')).join('')
  for (const who of ['ada', 'ada’s node']) assert.not.ok(all.includes(who), who)

  await box.restart()
  const collector = await speakTo(box, 'ada’s node')
  await collector.ask({ kind: 'collect', slot: await collector.claim(0, queue) })
  await collector.hears('empty')
  assert.equal(
    collector.said.flatMap((one) => (one.kind === 'block' ? [one.block[0]] : [])),
    [1, 2, 3],
  )
  await box.deposit(queue)
  assert.equal(await box.counts(), { queues: 1, blocks: 4 })
})

test('a block is kept for a day and not longer, a queue for thirty after somebody collected last', async () => {
  await using box = await openBox()
  const queue = await box.queueOf('ada')
  await box.deposit(queue)
  await box.clock.advance(23 * hour)
  await box.queues.sweep(box.clock.now())
  assert.equal(await box.counts(), { queues: 1, blocks: 1 })
  await box.clock.advance(2 * hour)
  const collector = await speakTo(box, 'ada’s node')
  await collector.ask({ kind: 'collect', slot: await collector.claim(0, queue) })
  await collector.hears('empty')
  assert.not.ok(collector.said.some(({ kind }) => kind === 'block'))
  await box.queues.sweep(box.clock.now())
  assert.equal(await box.counts(), { queues: 1, blocks: 0 })
  await box.clock.advance(31 * 24 * hour)
  await box.queues.sweep(box.clock.now())
  assert.equal(await box.counts(), { queues: 0, blocks: 0 })
  assert.equal(await box.store.records('kept'), [])
})

test('each friend has so much room and so many queues, all together have so much, and one who fills theirs leaves the others their own', async () => {
  await using box = await openBox({ total: 5 * block, ofFriend: 3 * block })
  const [adas, another, bobs] = [await box.queueOf('ada'), await box.queueOf('ada'), await box.queueOf('bob')]
  for (const queue of [adas, another, adas]) await box.deposit(queue)
  assert.is(await refusalOf(box.deposit(another)), 'full')
  await box.deposit(bobs)
  await box.deposit(bobs)
  assert.is(await refusalOf(box.deposit(bobs)), 'full')
  for (let count = 1; count < limits.queuesOfFriend; count++) await box.queueOf('bob')
  // Through another node of the same friend, so that it is not the stream's own bound.
  assert.is(await refusalOf((await speakTo(box, 'bob’s other node')).create(freshQueue(box.primitives))), 'full')
})

test('with the consent goes what was kept, and nobody else’s', async () => {
  await using box = await openBox()
  const [adas, bobs] = [await box.queueOf('ada'), await box.queueOf('bob')]
  await box.deposit(adas)
  await box.deposit(bobs)
  await box.queues.forget('ada')
  assert.equal(await box.counts(), { queues: 1, blocks: 1 })
  assert.is(await refusalOf(box.deposit(adas)), 'unknown')
  await box.restart()
  assert.equal(await box.counts(), { queues: 1, blocks: 1 })
})

async function openBox(bytes = { total: 1_000 * block, ofFriend: 200 * block }) {
  const host = await startTestHost({
    plugins: ['primitives-node', 'mailbox-desk', 'store-memory', 'vault-file'].map((id) => join(import.meta.dirname, '..', id)),
    lend: { primitives: Primitives, desk: MailboxDesk, store: Store },
  })
  const { primitives, desk, store } = host.lent
  const quiet = { trace() {}, debug() {}, info() {}, warn() {}, error() {} }
  const friendAt = (peer: string) => /^(\w+)’s/.exec(peer)?.[1]
  const open = async () => {
    const queues = await openKeptQueues({ store, friendAt, bytes })
    return { queues, desk: desk.open(queues, quiet) }
  }
  let now = await open()
  let deposits = 0
  const stop = async () => {
    const closing = now.desk.close()
    // Speakers of the tests never leave by themselves.
    await host.clock.advance(10_000)
    await closing
    await now.queues.close()
  }
  const box = {
    primitives,
    store,
    clock: host.clock,
    friend: 'ada’s node',
    blocks: limits.blocksOfQueue,
    serve: (stream: Parameters<typeof now.desk.serve>[0]) => now.desk.serve(stream),
    counts: () => now.queues.counts(),
    get queues() {
      return now.queues
    },
    async restart() {
      await stop()
      now = await open()
    },
    async queueOf(friend: string): Promise<TestQueue> {
      const queue = freshQueue(primitives)
      const speaker = await speakTo(box, `${friend}’s node`)
      await speaker.create(queue)
      speaker.end()
      await speaker.served
      return queue
    },
    async deposit(queue: TestQueue) {
      const speaker = await speakTo(box, 'a stranger')
      const body = new Uint8Array(block)
      body[0] = deposits += 1
      await speaker.ask({ kind: 'deposit', slot: await speaker.claim(1, queue), block: body })
      speaker.end()
      await speaker.served
    },
    async close() {
      await stop()
      await host.stop()
    },
    [Symbol.asyncDispose]: () => box.close(),
  }
  return box
}

test.run()
