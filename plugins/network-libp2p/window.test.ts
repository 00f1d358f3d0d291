import { testSeed, seededRandom, settled } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createInbox } from './inbox.ts'
import { costOf, createOutbox } from './outbox.ts'
import { fixedWindow } from './window-size.ts'

const payload = (frame: Uint8Array) => frame.slice(6)

test('frames go out once, and again from where the other end stands after a new stream', async () => {
  const outbox = createOutbox(fixedWindow(1_000_000), () => undefined)
  for (const byte of [0, 1, 2, 3]) await outbox.add(Uint8Array.of(byte), undefined)
  const next = () => [...payload(outbox.next()!)][0]
  assert.equal([next(), next(), next()], [0, 1, 2])
  assert.ok(outbox.taken(1))
  assert.ok(outbox.restart(2))
  assert.equal([next(), next(), outbox.next()], [2, 3, undefined])
  assert.is(outbox.waiting, 3)
})

test('an end that claims more than it was sent, or less than it took, is not believed', async () => {
  const outbox = createOutbox(fixedWindow(1_000_000), () => undefined)
  for (const byte of [0, 1, 2]) await outbox.add(Uint8Array.of(byte), undefined)
  outbox.next()
  assert.not(outbox.taken(2))
  assert.ok(outbox.taken(1))
  assert.not(outbox.taken(0))
  assert.not(outbox.restart(0))
  assert.not(outbox.restart(4))
  assert.not(outbox.taken(Infinity))
})

test('writers wait for room in their order, whoever gives up leaves the row, and the end tells all', async () => {
  const cost = costOf(100)
  const outbox = createOutbox(fixedWindow(2 * cost), () => undefined)
  const order: string[] = []
  const quit = new AbortController()
  const add = (name: string, signal?: AbortSignal) =>
    outbox.add(new Uint8Array(100), signal).then(
      () => order.push(name),
      () => order.push(`${name} not`),
    )
  await Promise.all([add('a'), add('b')])
  void add('c', quit.signal)
  void add('d')
  void add('e')
  await settled()
  quit.abort()
  outbox.next()
  outbox.taken(1)
  await settled()
  outbox.end('over')
  await settled()
  assert.equal(order, ['a', 'b', 'c not', 'd', 'e not'])
})

test('what waits at either end never exceeds the window, whatever the sizes', async () => {
  const random = seededRandom(testSeed())
  for (let run = 0; run < 30; run++) {
    const window = 10_000
    let told = 0
    const inbox = createInbox(window, () => (told = inbox.taken))
    const outbox = createOutbox(fixedWindow(window), () => undefined)
    const sizes = Array.from({ length: 200 }, () => random.below(3_000))
    const writing = (async () => {
      for (const [i, size] of sizes.entries()) await outbox.add(new Uint8Array(size).fill(i % 256), undefined)
      await outbox.emptied(undefined)
    })()
    const frames = inbox.frames[Symbol.asyncIterator]()
    let read = 0
    while (read < sizes.length) {
      for (let frame = outbox.next(); frame !== undefined; frame = outbox.next())
        assert.ok(inbox.put(payload(frame)), `seed ${random.seed}`)
      if (inbox.received > read) {
        const { value } = (await frames.next()) as { value: Uint8Array }
        assert.is(value.length, sizes[read], `seed ${random.seed}`)
        read++
      }
      if (random.below(3) === 0 || inbox.received === read) assert.ok(outbox.taken(told), `seed ${random.seed}`)
      await settled()
    }
    outbox.taken(told)
    await writing
  }
})

test('a frame beyond the window is refused', () => {
  const inbox = createInbox(1_000, () => undefined)
  assert.ok(inbox.put(new Uint8Array(900)))
  assert.not(inbox.put(new Uint8Array(100)))
})

test('what came is read before the end is told', async () => {
  const inbox = createInbox(1_000, () => undefined)
  inbox.put(Uint8Array.of(1))
  inbox.end(new Error('cut'))
  const frames = inbox.frames[Symbol.asyncIterator]()
  assert.equal((await frames.next()).value, Uint8Array.of(1))
  assert.is(((await frames.next().catch((error: unknown) => error)) as Error).message, 'cut')
})

test.run()
