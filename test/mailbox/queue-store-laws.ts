import type { DatabaseStore } from '@palabre/mailbox-server/open-store'
import { lawWith, type Law } from '@palabre/sdk/conformance/law'
import { randomBytes } from 'node:crypto'
import * as assert from 'uvu/assert'

/** Stores that share one database, as several processes open it; a database of one process opens the same store again. */
export interface Stores {
  readonly one: DatabaseStore
  /** What every kind of database must do, seen through another store of it. */
  readonly other: DatabaseStore
}

/** What the stores are opened with. */
export const mostQueues = 100

const hour = 3_600_000
const day = 24 * hour
const now = 500_000 * hour

export const queueStoreLaws: readonly Law<Stores>[] = [
  lawWith('a queue is made once, known again to who made it, and its ids are nobody else’s', async ({ one, other }) => {
    const queue = newQueue()
    const made = await one.create(queue, now, 'somebody')
    assert.ok(typeof made === 'object' && made.state === 'made')
    assert.equal(await other.create(queue, now, 'somebody'), { ...made, state: 'known' })
    assert.is(await other.create({ ...newQueue(), sender: queue.sender }, now, 'somebody'), 'taken')
    assert.is(await other.create({ ...queue, senderKey: randomBytes(32) }, now, 'somebody'), 'taken')
    assert.equal(await other.find('recipient', queue.recipient, now), { queue: made.queue, key: queue.recipientKey })
    assert.equal(await other.find('sender', queue.sender, now), { queue: made.queue, key: queue.senderKey })
    assert.is(await other.find('sender', queue.recipient, now), undefined)
  }),
  lawWith('queues made at the same moment are made once', async ({ one, other }) => {
    const queues = Array.from({ length: 40 }, newQueue)
    const backwards = queues.toReversed()
    const [mine, theirs] = await Promise.all([
      Promise.all(queues.map((queue) => one.create(queue, now, 'somebody'))),
      Promise.all(backwards.map((queue) => other.create(queue, now, 'somebody'))),
    ])
    const [ids, others] = [mine.map(idOf), theirs.map(idOf).toReversed()]
    assert.equal(ids, others)
    assert.is(new Set(ids).size, queues.length)
    assert.is((await one.counts()).queues, queues.length)
  }),
  lawWith('a mailbox with as many queues as it may have makes no more, and knows those there are', async ({ one, other }) => {
    const queues = Array.from({ length: mostQueues }, newQueue)
    await Promise.all(queues.map((queue, index) => (index % 2 ? one : other).create(queue, now, 'somebody')))
    assert.is(await one.create(newQueue(), now, 'somebody'), 'full')
    const known = await other.create(queues[7]!, now, 'somebody')
    assert.ok(typeof known === 'object' && known.state === 'known')
    assert.is((await one.counts()).queues, mostQueues)
  }),
  lawWith('blocks come back byte by byte, the oldest first, the same one once, and are gone when acknowledged', async (stores) => {
    const { one, other } = stores
    const queue = await makeQueue(one)
    const blocks = Array.from({ length: 5 }, newBlock)
    for (const [index, block] of blocks.entries()) assert.is(await (index % 2 ? one : other).deposit(queue, block, now), 'kept')
    assert.is(await other.deposit(queue, blocks[2]!, now), 'kept')
    await using _held = await one.hold(queue)
    const names = await one.names(queue, now)
    assert.equal(
      names.map(hex),
      blocks.map(({ name }) => hex(name)),
    )
    for (const { name, body } of blocks) assert.is(hex((await other.block(queue, name))!), hex(body))
    await one.acknowledge(queue, [blocks[0]!.name, blocks[3]!.name])
    assert.equal(
      (await one.names(queue, now)).map(hex),
      [1, 2, 4].map((index) => hex(blocks[index]!.name)),
    )
    assert.is(await other.block(queue, blocks[0]!.name), undefined)
  }),
  lawWith('a full queue takes no more, however many deposit at once', async ({ one, other }) => {
    const queue = await makeQueue(one)
    const states = await Promise.all(
      Array.from({ length: 150 }, (_, index) => (index % 2 ? one : other).deposit(queue, newBlock(), now)),
    )
    assert.is(states.filter((state) => state === 'kept').length, 128)
    assert.is(states.filter((state) => state === 'full').length, 22)
    assert.is((await one.counts()).blocks, 128)
  }),
  lawWith(
    'the last place is for what is new: blocks that are there already, asked at the same moment, take none',
    async (stores) => {
      const { one } = stores
      const queue = await makeQueue(one)
      const blocks = Array.from({ length: 129 }, newBlock)
      const deposit = (block: (typeof blocks)[number]) => one.deposit(queue, block, now)
      await Promise.all(blocks.slice(0, 127).map(deposit))
      const [first, new128, new129] = [blocks[0]!, blocks[127]!, blocks[128]!]
      assert.equal(await Promise.all([first, first, new128, new128, new129].map(deposit)), ['kept', 'kept', 'kept', 'kept', 'full'])
      assert.is((await one.counts()).blocks, 128)
    },
  ),
  lawWith(
    'what is over is forgotten: blocks after 21 days, queues 90 days after somebody collected last',
    async ({ one, other }) => {
      const queue = await makeQueue(one)
      await one.deposit(queue, newBlock(), now)
      await using _held = await one.hold(queue)
      assert.is((await one.names(queue, now + 20.9 * day)).length, 1)
      assert.is((await one.names(queue, now + 21.1 * day)).length, 0)
      await Promise.all([one.sweep(now + 21.1 * day), other.sweep(now + 21.1 * day)])
      assert.equal(await one.counts(), { queues: 1, blocks: 0 })
      await Promise.all([one.sweep(now + 91 * day), other.sweep(now + 91 * day)])
      await one.sweep(now + 91 * day)
      assert.equal(await one.counts(), { queues: 0, blocks: 0 })
      assert.is(await other.deposit(queue, newBlock(), now), 'unknown')
    },
  ),
  lawWith('a queue that is removed is gone with all that is in it, while others deposit', async ({ one, other }) => {
    const queue = await makeQueue(one)
    const deposits = Array.from({ length: 60 }, () => other.deposit(queue, newBlock(), now))
    await one.remove(queue)
    for (const state of await Promise.all(deposits)) assert.ok(state === 'kept' || state === 'unknown')
    assert.equal(await one.counts(), { queues: 0, blocks: 0 })
  }),
  lawWith('stores that write to the same queues in any order get in nobody’s way', async ({ one, other }) => {
    const queues = await Promise.all(Array.from({ length: 20 }, () => makeQueue(one)))
    const blocks = queues.map(() => [newBlock(), newBlock()] as const)
    const pass = (store: DatabaseStore, order: readonly number[], which: 0 | 1) =>
      Promise.all(order.map((index) => store.deposit(queues[index]!, blocks[index]![which], now)))
    const order = [...queues.keys()]
    const states = await Promise.all([pass(one, order, 0), pass(other, order.toReversed(), 1), pass(other, order, 0)])
    assert.ok(states.flat().every((state) => state === 'kept'))
    assert.is((await one.counts()).blocks, 40)
    await Promise.all([
      ...queues.map((queue, index) => one.acknowledge(queue, [blocks[index]![0].name])),
      ...queues.map((queue, index) => other.acknowledge(queue, [blocks[index]![0].name, blocks[index]![1].name])).toReversed(),
    ])
    assert.is((await one.counts()).blocks, 0)
  }),
  lawWith('whoever watches hears of what is deposited', async ({ one }) => {
    const queue = await makeQueue(one)
    const heard: unknown[] = []
    using _ = one.watch((news) => void heard.push(news))
    await one.deposit(queue, newBlock(), now)
    assert.equal(heard, [queue])
  }),
]

const newQueue = () => ({
  recipient: randomBytes(16),
  sender: randomBytes(16),
  recipientKey: randomBytes(32),
  senderKey: randomBytes(32),
})

export const newBlock = () => ({ name: randomBytes(16), body: randomBytes(16_384) })

export async function makeQueue(store: DatabaseStore): Promise<number> {
  return idOf(await store.create(newQueue(), now, 'somebody'))
}

export const lawTime = now

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

function idOf(made: Awaited<ReturnType<DatabaseStore['create']>>): number {
  assert.ok(typeof made === 'object', JSON.stringify(made))
  return made.queue
}
