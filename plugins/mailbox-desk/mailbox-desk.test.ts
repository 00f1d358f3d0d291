import { refusalOf, freshQueue, speakTo } from '@palabre/sdk/conformance/mailbox-speaker'
import { MailboxDesk } from '@palabre/sdk/contract/mailbox-desk'
import { Primitives } from '@palabre/sdk/contract/primitives'
import type { QueueStore } from '@palabre/sdk/contract/queue-store'
import { startTestHost } from '@palabre/sdk/testkit'
import * as fc from 'fast-check'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { limits } from './limits.ts'

test('a node collects from so many queues, over all its streams, and the next one is refused', async () => {
  await using desk = await openDesk()
  const [one, two] = [await speakTo(desk, 'a node'), await speakTo(desk, 'a node')]
  for (let count = 0; count < limits.queuesOfPeer; count++) await (count % 2 === 0 ? one : two).create(freshQueue(desk.primitives))
  assert.is(await refusalOf(one.create(freshQueue(desk.primitives))), 'too-many')
  await two.ask({ kind: 'remove', slot: 1 })
  assert.is(await refusalOf(one.create(freshQueue(desk.primitives))), 'done')
  assert.is(await refusalOf((await speakTo(desk, 'another')).create(freshQueue(desk.primitives))), 'done')
})

test('a node has so many streams, and the next one is cut', async () => {
  await using desk = await openDesk()
  const streams = await Promise.all(Array.from({ length: limits.streamsOfPeer }, () => speakTo(desk, 'a node')))
  let isCut = false
  const bytes = (async function* () {})()
  const cut = {
    peer: 'a node',
    bytes,
    write: async () => undefined,
    closeWrite: async () => undefined,
    abort: () => (isCut = true),
  }
  await desk.serve(cut)
  assert.ok(isCut)
  streams[0]!.end()
  await streams[0]!.served
  await speakTo(desk, 'a node')
})

test('whoever keeps for some only says so, and it is told', async () => {
  await using desk = await openDesk()
  assert.is(await refusalOf((await speakTo(desk, 'nobody we know')).create(freshQueue(desk.primitives))), 'denied')
})

test('switched off, it answers what was asked and takes no more; who stays nevertheless is cut after a while', async () => {
  const [reached, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  await using desk = await openDesk((store) => ({
    ...store,
    async create(...queue) {
      reached.resolve()
      await gate.promise
      return store.create(...queue)
    },
  }))
  const one = await speakTo(desk, 'a node')
  const early = one.create(freshQueue(desk.primitives))
  await reached.promise
  const closing = desk.close()
  void one.create(freshQueue(desk.primitives))
  gate.resolve()
  await early
  assert.is(desk.queues.size, 1)
  await desk.clock.advance(limits.drain)
  await closing
  await one.served
  assert.is(one.said.filter(({ kind }) => kind === 'done').length, 1)
})

test('whatever bytes come, the stream ends or the answer is a refusal, and nothing is kept', async () => {
  await using desk = await openDesk()
  const cut = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(cut, async (pieces) => {
      const one = await speakTo(desk, 'a node')
      for (const piece of pieces) await one.write(piece)
      one.end()
      await one.served
      assert.ok(one.said.every(({ kind }) => kind === 'refused' || kind === 'hello'))
    }),
    { numRuns: 300 },
  )
  assert.is(desk.queues.size, 0)
})

async function openDesk(between = (store: QueueStore) => store) {
  const host = await startTestHost({
    plugins: [join(import.meta.dirname, '../primitives-node'), import.meta.dirname],
    lend: { primitives: Primitives, desk: MailboxDesk },
  })
  const queues = new Set<number>()
  const quiet = { trace() {}, debug() {}, info() {}, warn() {}, error() {} }
  const { serve, close } = host.lent.desk.open(between(emptyQueues(queues)), quiet)
  return {
    primitives: host.lent.primitives,
    clock: host.clock,
    serve,
    close,
    queues,
    async [Symbol.asyncDispose]() {
      const closing = close()
      await host.clock.advance(limits.drain)
      await closing
      await host.stop()
    },
  }
}

/** Queues without anything in them: what is kept where has tests of its own. */
function emptyQueues(queues: Set<number>): QueueStore {
  let made = 0
  return {
    async create(_queue, _now, by) {
      if (by === 'nobody we know') return 'denied'
      queues.add((made += 1))
      return { state: 'made', queue: made }
    },
    find: async () => undefined,
    deposit: async () => 'unknown',
    hold: async () => ({ [Symbol.asyncDispose]: async () => undefined }),
    names: async () => [],
    block: async () => undefined,
    acknowledge: async () => undefined,
    remove: async (queue) => void queues.delete(queue),
    sweep: async () => undefined,
    counts: async () => ({ queues: queues.size, blocks: 0 }),
    watch: () => ({ [Symbol.dispose]: () => undefined }),
    close: async () => undefined,
  }
}

test.run()
