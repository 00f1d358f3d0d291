import { Primitives } from '@palabre/sdk/contract/primitives'
import { Store } from '@palabre/sdk/contract/store'
import { startTestHost } from '@palabre/sdk/testkit'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Item } from './block.ts'
import { hintsOf } from './hints.ts'
import { limits } from './limits.ts'
import { openProofs } from './proofs.ts'

const { least, most } = limits.proofDelay
const hour = 3_600_000
const proof = new Uint8Array(16)
const id = (number: number) => String(number).padStart(32, '0')

test('proofs leave together, some seconds after the message was kept, and not always after as many', async () => {
  await using ground = await openGround()
  const delays = new Set<number>()
  for (let round = 0; round < 12; round++) {
    const begun = ground.clock.monotonic()
    for (let number = 0; number < 5; number++) await ground.proofs.owe('ada', id(round * 5 + number), proof)
    for (let at = 0; ground.blocks.length <= round; at += 100) {
      assert.ok(at <= most, 'too late')
      await ground.clock.advance(100)
    }
    assert.is(ground.blocks.length, round + 1)
    assert.is(ground.blocks.at(-1)!.length, 5)
    delays.add(ground.clock.monotonic() - begun)
  }
  assert.ok(
    [...delays].every((ms) => ms >= least),
    [...delays].join(),
  )
  assert.ok(delays.size > 1, 'always as late')
  assert.is(ground.proofs.count, 0)
  assert.equal(await ground.store.records('mailbox'), [])
})

test('what finds no way tries again by itself, less and less often', async () => {
  await using ground = await openGround()
  ground.isReached = false
  await ground.proofs.owe('ada', id(1), proof)
  await ground.clock.advance(most)
  // Whoever is told that there may be a way makes it no more than one try more.
  for (let times = 0; times < 5; times++) {
    ground.proofs.again()
    await ground.clock.advance(most)
  }
  const begun = ground.tries
  await ground.clock.advance(hour)
  const within = ground.tries - begun
  assert.ok(within >= 6 && within <= 12, `${within} tries in the first hour`)
  await ground.clock.advance(hour)
  const later = ground.tries - begun - within
  assert.ok(later >= 5 && later <= 6, `${later} tries in the second`)
  ground.isReached = true
  await ground.clock.advance(limits.proofRetry.longest + most)
  assert.equal([ground.blocks.length, ground.proofs.count], [1, 0])
})

test('what finds no way is kept, across a restart too, goes when there is one, and is given up in the end', async () => {
  await using ground = await openGround()
  ground.isReached = false
  await ground.proofs.owe('ada', id(1), proof)
  await ground.clock.advance(most)
  assert.is(ground.proofs.count, 1)
  await ground.restart()
  assert.is(ground.proofs.count, 1)
  ground.isReached = true
  ground.proofs.again()
  await ground.clock.advance(most)
  assert.is(ground.blocks.length, 1)

  ground.isReached = false
  await ground.proofs.owe('ada', id(2), proof)
  await ground.clock.advance(limits.proofs + most)
  ground.isReached = true
  ground.proofs.again()
  await ground.clock.advance(most)
  assert.equal([ground.blocks.length, ground.proofs.count], [1, 0])
})

async function openGround() {
  const host = await startTestHost({
    plugins: ['primitives-node', 'store-memory'].map((one) => join(import.meta.dirname, '..', one)),
    lend: { primitives: Primitives, store: Store },
  })
  const { primitives, store } = host.lent
  const { clock } = host
  const blocks: (readonly Item[])[] = []
  const mailbox = { relay: { peer: 'x'.repeat(16), addresses: ['/ip4/192.0.2.1/tcp/1'] }, keeps: limits.kept }
  const bytes = { sender: primitives.randomBytes(16), seed: primitives.randomBytes(32), seal: primitives.randomBytes(32) }
  const hints = hintsOf([{ ...mailbox, ...bytes }])
  let stopping = new AbortController()
  const open = () =>
    openProofs({
      store,
      clock,
      primitives,
      log: { trace() {}, debug() {}, info() {}, warn() {}, error() {} },
      signal: stopping.signal,
      places: { all: () => [], isGone: () => false, isAwaited: () => false },
      intake: { recipient: async (contact) => ({ contact, hints, policy: 'direct-allowed' }) },
      depositor: {
        async deposit(_address, items) {
          ground.tries += 1
          if (!ground.isReached) throw new Error('out of reach')
          blocks.push(items)
        },
        close: () => undefined,
      },
    })
  const ground = {
    isReached: true,
    tries: 0,
    blocks,
    clock,
    store,
    proofs: await open(),
    async restart() {
      stopping.abort()
      stopping = new AbortController()
      ground.proofs = await open()
    },
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await host.stop()
    },
  }
  return ground
}

test.run()
