import { Primitives } from '@palabre/sdk/contract/primitives'
import { Store } from '@palabre/sdk/contract/store'
import { startTestHost } from '@palabre/sdk/testkit'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { readHints } from './hints.ts'
import { limits } from './limits.ts'
import { openMyQueues, type MyQueue, type MyQueues } from './my-queues.ts'
import type { Place } from './places.ts'

const day = 24 * 60 * 60 * 1000
const place = (peer: string, more: Partial<Place> = {}): Place => ({
  peer: peer.padEnd(16, 'x'),
  addresses: ['/ip4/192.0.2.1/tcp/1'],
  keeps: limits.kept,
  ...more,
})
const ada = { contact: 'ada' }

test('each week everybody is told of a new queue, and the old one is collected from for four more', async () => {
  await using ground = await openGround([place('one')])
  const { queues, clock } = ground
  const first = sendersIn(queues.hints(ada))
  assert.equal(sendersIn(queues.hints(ada)), first, 'the same while nothing changes')
  await clock.advance(6.9 * day)
  assert.is(await queues.rotate(), false)
  await clock.advance(0.2 * day)
  assert.is(await queues.rotate(), true)
  const second = sendersIn(queues.hints(ada))
  assert.not.equal(second, first)
  assert.equal(collectedAt(queues, clock.now()).map(sender).toSorted(), [...first, ...second].toSorted())
  await clock.advance(27.9 * day)
  assert.ok(collectedAt(queues, clock.now()).map(sender).includes(first[0]!))
  await clock.advance(0.2 * day)
  assert.not.ok(collectedAt(queues, clock.now()).map(sender).includes(first[0]!))
})

test('two queues of one person have nothing in common that is longer than eight bytes, whoever and whenever they are for', async () => {
  await using ground = await openGround([place('one'), place('two')])
  const { queues, clock } = ground
  for (const contact of ['ada', 'bob', 'carol']) queues.hints({ contact })
  await clock.advance(7 * day)
  await queues.rotate()
  for (const contact of ['ada', 'bob', 'carol']) queues.hints({ contact })
  queues.hints({ invite: 'i', until: clock.now() + day })
  assert.is(queues.all().length, 14)
  const seen = new Set<string>()
  for (const queue of queues.all()) {
    const { recipient, sender: id, recipientSeed, senderSeed, sealSecret } = queue
    const mine = new Set<string>()
    for (const bytes of [recipient, id, recipientSeed, senderSeed, sealSecret].map((one) => Buffer.from(one)))
      for (let at = 0; at + 9 <= bytes.length; at++) mine.add(bytes.toString('latin1', at, at + 9))
    for (const piece of mine) assert.not.ok(seen.has(piece))
    for (const piece of mine) seen.add(piece)
  }
})

test('queues are kept: after a restart the same are told, and those that were retired are collected from', async () => {
  await using ground = await openGround([place('one')])
  ground.queues.hints(ada)
  await ground.clock.advance(8 * day)
  await ground.queues.rotate()
  const told = sendersIn(ground.queues.hints(ada))
  const before = ground.queues.all().map(sender).toSorted()
  await ground.restart()
  assert.equal(sendersIn(ground.queues.hints(ada)), told)
  assert.equal(ground.queues.all().map(sender).toSorted(), before)
})

test('a contact’s node is named to others, with how long it keeps, and neither to that contact nor in an invite', async () => {
  await using ground = await openGround([place('relay'), place('friend', { keeps: day, contact: 'carol' })])
  const peersFor = (audience: Parameters<MyQueues['hints']>[0]) => readHints(ground.queues.hints(audience)).map(peerAndTime)
  assert.equal(peersFor(ada), [['relayxxxxxxxxxxx', limits.kept]])
  await allHeard(ground.queues)
  assert.equal(peersFor(ada), [
    ['relayxxxxxxxxxxx', limits.kept],
    ['friendxxxxxxxxxx', day],
  ])
  assert.equal(peersFor({ contact: 'carol' }), [['relayxxxxxxxxxxx', limits.kept]])
  assert.equal(peersFor({ invite: 'i', until: ground.clock.now() + day }), [['relayxxxxxxxxxxx', limits.kept]])
})

test('a queue at a contact’s node is told once it stands there, and until then the one before', async () => {
  await using ground = await openGround([place('friend', { keeps: day, contact: 'carol' })])
  const { queues, clock } = ground
  assert.is(queues.hints(ada), undefined)
  assert.ok(await allHeard(queues), 'somebody is to be told')
  const first = sendersIn(queues.hints(ada))
  assert.is(first.length, 1)
  await clock.advance(8 * day)
  await queues.rotate()
  assert.equal(sendersIn(queues.hints(ada)), first)
  await ground.restart()
  assert.equal(sendersIn(ground.queues.hints(ada)), first)
  assert.ok(await allHeard(ground.queues))
  assert.not.equal(sendersIn(ground.queues.hints(ada)), first)
  assert.not.ok(await allHeard(ground.queues), 'nothing is new')
})

test('who is to come directly hears that there is no mailbox for them any more, and of the same one when they may use it again', async () => {
  await using ground = await openGround([place('one')])
  const { queues } = ground
  assert.is(queues.hints(ada, 'none'), undefined)
  const told = sendersIn(queues.hints(ada))
  assert.equal(queues.hints(ada, 'none'), [])
  assert.equal(sendersIn(queues.hints(ada)), told)
})

test('where a contact keeps nothing for us any more is told no more; while nobody has said so, it still is', async () => {
  const friend = place('friend', { keeps: day, contact: 'carol' })
  await using ground = await openGround([friend])
  ground.queues.hints(ada)
  await allHeard(ground.queues)
  const told = sendersIn(ground.queues.hints(ada))
  ground.set([], 'awaited')
  assert.equal(sendersIn(ground.queues.hints(ada)), told)
  assert.is(await ground.queues.rotate(), false)
  ground.set([])
  assert.is(await ground.queues.rotate(), true)
  assert.equal(ground.queues.hints(ada), [])
  ground.set([friend])
  assert.equal(ground.queues.hints(ada), [], 'it has forgotten what it kept')
  ground.set([])
  assert.is(await ground.queues.rotate(), true)
  await ground.clock.advance(day + 1)
  assert.equal(collectedAt(ground.queues, ground.clock.now()), [])
})

/** Every mailbox has said that it keeps each of them; true when that is news for somebody. */
const allHeard = async (queues: MyQueues) => (await Promise.all(queues.all().map((queue) => queues.heard(queue)))).includes(true)
const sender = (queue: MyQueue) => Buffer.from(queue.sender).toString('hex')
const sendersIn = (hints: unknown) => readHints(hints).map((one) => Buffer.from(one.sender).toString('hex'))
const peerAndTime = ({ relay, keeps }: ReturnType<typeof readHints>[number]) => [relay.peer, keeps]
const collectedAt = (queues: MyQueues, now: number) => queues.all().filter(({ until }) => until === undefined || until >= now)

async function openGround(first: readonly Place[]) {
  const host = await startTestHost({
    plugins: ['primitives-node', 'store-memory'].map((id) => join(import.meta.dirname, '..', id)),
    lend: { primitives: Primitives, store: Store },
  })
  const { clock } = host
  let all = first
  let isAwaited = false
  const isThere = ({ peer }: { readonly peer: string }) => all.some((one) => one.peer === peer)
  const places = {
    all: () => all,
    isAwaited: (one: { readonly peer: string }) => !isThere(one) && isAwaited,
    isGone: (one: { readonly peer: string }) => !isThere(one) && !isAwaited,
  }
  const quiet = { trace() {}, debug() {}, info() {}, warn() {}, error() {} }
  const open = () => openMyQueues({ ...host.lent, clock, log: quiet, places })
  let queues = await open()
  return {
    clock,
    get queues() {
      return queues
    },
    set(now: readonly Place[], awaited?: 'awaited') {
      all = now
      isAwaited = awaited !== undefined
    },
    async restart() {
      queues = await open()
    },
    [Symbol.asyncDispose]: () => host.stop(),
  }
}

test.run()
