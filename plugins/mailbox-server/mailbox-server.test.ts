import { definePlugin, joinBytes } from '@palabre/sdk'
import type { ByteStream } from '@palabre/sdk/contract/byte-stream'
import { claimStatement, createStatement } from '@palabre/sdk/contract/mailbox-statement'
import {
  encodeRequest,
  mailboxWire,
  readAnswers,
  refusals,
  type MailboxAnswer,
  type MailboxRequest,
} from '@palabre/sdk/contract/mailbox-wire'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { fakeClock, startTestHost, testPlugin } from '@palabre/sdk/testkit'
import * as fc from 'fast-check'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createQueueStore } from './database-store.ts'
import { limits } from './limits.ts'
import { createMailboxServer } from './mailbox-server.ts'
import type { QueueStore } from './queue-store.ts'
import { openSqlite } from './sqlite-kind.ts'

const day = 24 * 60 * 60 * 1000

test('what is deposited is pushed to the one who collects, once, and forgotten when it is acknowledged', async () => {
  await using box = await openBox()
  const queue = await box.queue()
  const collector = await box.speak()
  const slot = await collector.create(queue)
  await collector.ask({ kind: 'collect', slot })
  await collector.hears('empty')
  const depositor = await box.speak()
  const into = await depositor.claim(1, queue)
  const block = box.block()
  await depositor.ask({ kind: 'deposit', slot: into, block })
  await depositor.ask({ kind: 'deposit', slot: into, block })
  const { name, block: came } = await collector.hears('block')
  assert.equal(Buffer.from(came), Buffer.from(block))
  assert.equal(await box.store.counts(), { queues: 1, blocks: 1 })
  await collector.ask({ kind: 'acknowledge', slot, name })
  assert.equal(await box.store.counts(), { queues: 1, blocks: 0 })
})

test('what was not acknowledged comes again on the next stream, in the order in which it was deposited', async () => {
  await using box = await openBox()
  const queue = await box.queue()
  const first = await box.speak()
  await first.create(queue)
  const depositor = await box.speak()
  const into = await depositor.claim(1, queue)
  const blocks = [box.block(), box.block(), box.block()]
  for (const block of blocks) await depositor.ask({ kind: 'deposit', slot: into, block })
  for (let round = 0; round < 2; round++) {
    const collector = await box.speak()
    await collector.ask({ kind: 'collect', slot: await collector.claim(0, queue) })
    await collector.hears('empty')
    assert.equal(
      collector.said.filter(({ kind }) => kind === 'block').map((one) => Buffer.from((one as Block).block)),
      blocks.map((block) => Buffer.from(block)),
    )
    collector.end()
  }
})

test('nobody does without its key what the key is for; wrong keys, unknown queues and foreign slots look the same', async () => {
  await using box = await openBox()
  const queue = await box.queue()
  const owner = await box.speak()
  await owner.create(queue)
  const stranger = await box.speak()
  const depositorOnly = { ...queue, recipient: queue.sender, recipientSeed: queue.senderSeed }
  assert.is(await refusalOf(stranger.claim(0, depositorOnly)), 'unknown')
  assert.is(await refusalOf(stranger.claim(1, { ...queue, senderSeed: queue.recipientSeed })), 'unknown')
  assert.is(await refusalOf(stranger.claim(1, await box.queue())), 'unknown')
  const into = await stranger.claim(1, queue)
  for (const kind of ['collect', 'remove'] as const) assert.is(await refusalOf(stranger.ask({ kind, slot: into })), 'unknown')
  assert.is(await refusalOf(stranger.ask({ kind: 'acknowledge', slot: into, name: new Uint8Array(16) })), 'unknown')
  assert.is(await refusalOf(owner.ask({ kind: 'deposit', slot: 1, block: box.block() })), 'unknown')
  // A signature that was good on another stream.
  assert.is(await refusalOf(stranger.replay(owner)), 'unknown')
  // Somebody else's ids cannot be taken over.
  const taken = { ...(await box.queue()), sender: queue.sender }
  assert.is(await refusalOf(stranger.create(taken)), 'unknown')
})

test('a queue holds so many blocks, a node so many queues, and the next one is refused', async () => {
  await using box = await openBox()
  const queue = await box.queue()
  const owner = await box.speak()
  await owner.create(queue)
  const depositor = await box.speak()
  const into = await depositor.claim(1, queue)
  const deposit = () => depositor.ask({ kind: 'deposit', slot: into, block: box.block() })
  await Promise.all(Array.from({ length: limits.blocks }, deposit))
  assert.is(await refusalOf(deposit()), 'full')
  assert.equal(await box.store.counts(), { queues: 1, blocks: limits.blocks })
  for (let count = 1; count < limits.queuesOfPeer; count++) await owner.create(await box.queue())
  assert.is(await refusalOf(owner.create(await box.queue())), 'too-many')
})

test('a block is kept for 21 days and not longer, a queue for 90 days after somebody collected last', async () => {
  await using box = await openBox()
  const queue = await box.queue()
  await (await box.speak()).create(queue)
  const depositor = await box.speak()
  await depositor.ask({ kind: 'deposit', slot: await depositor.claim(1, queue), block: box.block() })
  const blocksAfter = async (ms: number) => {
    await box.clock.advance(ms)
    await box.server.sweep()
    return (await box.store.counts()).blocks
  }
  assert.is(await blocksAfter(day), 1)
  assert.is(await blocksAfter(6 * day), 1)
  assert.is(await blocksAfter(13.9 * day), 1)
  assert.is(await blocksAfter(0.2 * day), 0)
  await box.clock.advance(70 * day)
  await box.server.sweep()
  assert.is((await box.store.counts()).queues, 0)
})

test('removing a queue takes everything in it', async () => {
  await using box = await openBox()
  const queue = await box.queue()
  const owner = await box.speak()
  const slot = await owner.create(queue)
  const depositor = await box.speak()
  const into = await depositor.claim(1, queue)
  await depositor.ask({ kind: 'deposit', slot: into, block: box.block() })
  await owner.ask({ kind: 'remove', slot })
  assert.equal(await box.store.counts(), { queues: 0, blocks: 0 })
  assert.is(await refusalOf(depositor.ask({ kind: 'deposit', slot: into, block: box.block() })), 'unknown')
})

test('switched off, it answers what was asked, takes no more, and ends when its users have gone, or after a while', async () => {
  const [reached, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  await using box = await openBox((store) => ({
    ...store,
    async deposit(...block) {
      reached.resolve()
      await gate.promise
      return store.deposit(...block)
    },
  }))
  const queue = await box.queue()
  await (await box.speak()).create(queue)
  const one = await box.speak()
  const slot = await one.claim(1, queue)
  const early = one.ask({ kind: 'deposit', slot, block: box.block() })
  await reached.promise
  const closing = box.close()
  void one.ask({ kind: 'deposit', slot, block: box.block() })
  gate.resolve()
  assert.is(await early, 0)
  await one.read
  assert.is(one.said.filter(({ kind }) => kind === 'done').length, 2)
  // The other one, and this one's half, stay open; they are cut.
  await box.clock.advance(limits.drain)
  await closing
})

test('whatever bytes come, the stream ends or the answer is a refusal, and nothing is kept', async () => {
  await using box = await openBox()
  const cut = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(cut, async (pieces) => {
      const one = await box.speak()
      for (const piece of pieces) await one.write(piece)
      one.end()
      await one.served
      assert.ok(one.said.every(({ kind }) => kind === 'refused' || kind === 'hello'))
    }),
    { numRuns: 300 },
  )
  assert.equal(await box.store.counts(), { queues: 0, blocks: 0 })
})

type Block = Extract<MailboxAnswer, { kind: 'block' }>
type Asked = MailboxRequest extends infer One ? (One extends MailboxRequest ? Omit<One, 'request'> : never) : never

interface Queue {
  readonly recipient: Uint8Array
  readonly sender: Uint8Array
  readonly recipientSeed: Uint8Array
  readonly senderSeed: Uint8Array
}

async function openBox(between = (store: QueueStore) => store) {
  const host = await startTestHost({
    plugins: [join(import.meta.dirname, '../primitives-node'), testPlugin('nothing', definePlugin({ start: () => undefined }))],
    lend: { primitives: Primitives },
  })
  const { primitives } = host.lent
  const clock = fakeClock()
  const store = between(createQueueStore(openSqlite(':memory:'), { maxQueues: 10_000 }))
  const quiet = { trace() {}, debug() {}, info() {}, warn() {}, error() {} }
  const server = createMailboxServer({ store, primitives, clock, log: quiet })
  let peers = 0

  async function speak() {
    const [mine, theirs] = streamPair(`peer ${(peers += 1)}`)
    const said: MailboxAnswer[] = []
    const looking = new Set<() => void>()
    const served = server.serve(theirs)
    const read = (async () => {
      for await (const answer of readAnswers(mine.bytes)) {
        said.push(answer)
        for (const look of looking) look()
      }
    })().catch(() => undefined)
    const find = <Found extends MailboxAnswer>(fits: (one: MailboxAnswer) => one is Found) =>
      new Promise<Found>((resolve) => {
        const look = () => {
          const found = said.find(fits)
          if (found !== undefined) {
            looking.delete(look)
            resolve(found)
          }
        }
        looking.add(look)
        look()
      })
    const { nonce } = await find((one) => one.kind === 'hello')
    let requests = 0
    const ask = async (request: Asked): Promise<number> => {
      const number = (requests += 1)
      await mine.write(encodeRequest({ ...request, request: number }))
      const answer = await find(
        (one): one is Extract<MailboxAnswer, { kind: 'done' | 'refused' }> =>
          (one.kind === 'done' || one.kind === 'refused') && one.request === number,
      )
      if (answer.kind === 'refused') throw new Error(refusals[answer.reason])
      return answer.slot
    }
    let last: Asked | undefined
    return {
      said,
      served,
      ask,
      write: (bytes: Uint8Array) => mine.write(bytes),
      hears: <Kind extends MailboxAnswer['kind']>(kind: Kind) =>
        find((one): one is Extract<MailboxAnswer, { kind: Kind }> => one.kind === kind),
      create(queue: Queue) {
        const names = {
          recipient: queue.recipient,
          sender: queue.sender,
          recipientKey: primitives.ed25519.generate(queue.recipientSeed).publicKey,
          senderKey: primitives.ed25519.generate(queue.senderSeed).publicKey,
        }
        last = { kind: 'create', ...names, signature: primitives.ed25519.sign(queue.recipientSeed, createStatement(nonce, names)) }
        return ask(last)
      },
      claim(role: 0 | 1, queue: Queue) {
        const [id, seed] = role === 0 ? [queue.recipient, queue.recipientSeed] : [queue.sender, queue.senderSeed]
        return ask({ kind: 'claim', role, id, signature: primitives.ed25519.sign(seed, claimStatement(nonce, role, id)) })
      },
      replay: (other: { lastCreate(): Asked }) => ask(other.lastCreate()),
      lastCreate: () => last!,
      end: () => void mine.closeWrite(),
      read,
    }
  }

  let closing: Promise<void> | undefined
  const close = () => (closing ??= server.close())

  return {
    primitives,
    clock,
    close,
    store,
    server,
    speak,
    block: () => joinBytes(primitives.randomBytes(32), new Uint8Array(mailboxWire.block - 32)),
    queue: async (): Promise<Queue> => ({
      recipient: primitives.randomBytes(16),
      sender: primitives.randomBytes(16),
      recipientSeed: primitives.randomBytes(32),
      senderSeed: primitives.randomBytes(32),
    }),
    async [Symbol.asyncDispose]() {
      const closing = close()
      await clock.advance(limits.drain)
      await closing
      await host.stop()
    },
  }
}

const refusalOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'done',
    (error: unknown) => (error as Error).message,
  )

/** Two ends of one stream, in memory. */
function streamPair(peer: string): [ByteStream, ByteStream] {
  const [there, back] = [pipe(), pipe()]
  const end = (read: ReturnType<typeof pipe>, write: ReturnType<typeof pipe>): ByteStream => ({
    peer,
    write: async (bytes) => write.put(bytes.slice()),
    bytes: read.bytes,
    closeWrite: async () => write.end(),
    abort: () => (read.end(), write.end()),
  })
  return [end(back, there), end(there, back)]
}

function pipe() {
  const waiting: Uint8Array[] = []
  let over = false
  let wake = () => {}
  return {
    put(bytes: Uint8Array) {
      waiting.push(bytes)
      wake()
    },
    end() {
      over = true
      wake()
    },
    bytes: (async function* () {
      while (true) {
        const next = waiting.shift()
        if (next !== undefined) yield next
        else if (over) return
        else await new Promise<void>((resolve) => (wake = resolve))
      }
    })(),
  }
}

test.run()
