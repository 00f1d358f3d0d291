import { PalabreError, text } from '@palabre/sdk'
import type { Contact } from '@palabre/sdk/contract/contacts'
import type { Route } from '@palabre/sdk/contract/route'
import type { OutboxRow } from '@palabre/sdk/contract/store'
import { fakeClock, settled } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createDelivery } from './delivery.ts'
import { limits } from './limits.ts'
import { loadOutbox } from './outbox.ts'

const away = () => new PalabreError('unreachable', text('nobody answers there', 'personne ne répond là-bas'))
const full = () => new PalabreError('unreachable', text('their mailbox is full', 'leur boîte aux lettres est pleine'))
const contact = {
  id: 'bob',
  name: 'Bob',
  hints: {},
  policy: 'direct-allowed',
  blocked: false,
  waiting: false,
} as unknown as Contact

const row = (envelope: string): OutboxRow => ({
  envelope,
  conversation: 'bob',
  message: envelope,
  sealed: Uint8Array.of(1),
  proof: Uint8Array.of(2),
  queuedAt: 0,
  attempts: 0,
  nextTry: 0,
  storedAt: [],
})

/** A delivery over roads that a test plays; time stands still. */
async function openDelivery({ person = contact, roads = 1 }: { readonly person?: Contact; readonly roads?: number } = {}) {
  const clock = fakeClock()
  const outbox = await loadOutbox({ outbox: async () => [] } as never)
  const stopping = new AbortController()
  const carried: string[] = []
  const told: string[] = []
  const state = { isThere: true, isUp: false, isBoxFull: false, opens: undefined as PromiseWithResolvers<void> | undefined }
  const played = Array.from({ length: roads }, (_, index): Route => ({
    name: `road${index}`,
    rank: index,
    keeps: index === 1,
    open: () => ({ [Symbol.dispose]: () => undefined }),
    hints: () => undefined,
    watchHints: () => ({ [Symbol.dispose]: () => undefined }),
    async carry(envelopes) {
      carried.push(`${index}:${envelopes.map(({ id }) => id).join(',')}`)
      if (index === 0) await state.opens?.promise
      if (!state.isThere && index === 0) throw away()
      if (state.isBoxFull && index === 1) throw full()
      return { state: index === 0 ? 'sent' : 'stored', at: index === 0 ? [] : ['box'] }
    },
    pathTo: () =>
      state.isUp ? { kind: 'direct', transport: 'tcp', address: '', since: 0, channel: 'noise', hops: [] } : undefined,
  }))
  const delivery = createDelivery({
    contacts: { get: async () => person },
    routes: played,
    outbox,
    clock,
    log: { error: (said: string) => told.push(said), warn: (said: string) => told.push(said) } as never,
    signal: stopping.signal,
    random: () => 0.5,
    carried: (envelopes, { state: how }) => told.push(`${how} ${envelopes.join(',')}`),
    failed: (_contact, attempts) => told.push(`failed ${attempts}`),
    reachabilityChanged: () => undefined,
    beforeRoute: ({ id, route }) => told.push(`to ${route} ${id}`),
  })
  return {
    delivery,
    routes: played,
    clock,
    outbox,
    carried,
    told,
    state,
    add(...envelopes: readonly string[]) {
      outbox.add(envelopes.map(row))
      delivery.wake('bob')
    },
    taken(envelope: string) {
      outbox.remove(envelope)
      delivery.acknowledged('bob', envelope)
    },
    async [Symbol.asyncDispose]() {
      stopping.abort()
      state.opens?.resolve()
      await delivery.quiet()
    },
  }
}

test('what waits goes at once, in order, once; each is told to the hook before the road has it', async () => {
  await using opened = await openDelivery()
  opened.add('a', 'b')
  await settled()
  opened.add('c')
  await settled()
  assert.equal(opened.carried, ['0:a,b', '0:c'])
  assert.equal(opened.told, ['to road0 a', 'to road0 b', 'sent a,b', 'to road0 c', 'sent c'])
})

test('many go in batches', async () => {
  await using opened = await openDelivery()
  opened.add(...Array.from({ length: limits.batch + 1 }, (_, index) => `e${index}`))
  await settled()
  assert.equal(
    opened.carried.map((one) => one.split(',').length),
    [limits.batch, 1],
  )
})

test('while nobody is there it is tried with growing pauses, the reason is known, and a new message does not shorten them', async () => {
  await using opened = await openDelivery()
  const { clock, carried, delivery, state } = opened
  state.isThere = false
  opened.add('a')
  await settled()
  assert.is(carried.length, 1)
  assert.is(delivery.why('bob')!.fr, away().text.fr)
  assert.equal(delivery.attempts('bob'), { attempts: 1, nextTry: clock.now() + limits.firstPause })
  opened.add('b')
  await settled()
  assert.is(carried.length, 1)
  const tries: number[] = []
  for (let second = 1; second <= 1_000; second++) {
    const before = carried.length
    await clock.advance(1_000)
    if (carried.length > before) tries.push(second)
  }
  assert.equal(tries.slice(0, 5), [1, 3, 7, 15, 31])
  assert.is(tries.at(-1)! - tries.at(-2)!, limits.longestPause / 1_000)
  assert.is(carried.at(-1), '0:a,b')
})

test('when a road opens everything goes at once, and pauses are short again', async () => {
  await using opened = await openDelivery()
  const { clock, carried, delivery, state } = opened
  state.isThere = false
  opened.add('a')
  await clock.advance(100_000)
  state.isThere = true
  const before = carried.length
  delivery.reachable('bob')
  await settled()
  assert.equal(carried.slice(before), ['0:a'])
  assert.is(delivery.attempts('bob').attempts, 0)
  assert.is(delivery.why('bob'), undefined)
})

test('what is not acknowledged in its time goes again, less and less often; what is, does not', async () => {
  await using opened = await openDelivery()
  const { clock, carried } = opened
  opened.add('a', 'b')
  await settled()
  opened.taken('a')
  await clock.advance(limits.ackPatience)
  assert.equal(carried, ['0:a,b', '0:b'])
  await clock.advance(limits.ackPatience)
  assert.is(carried.length, 2)
  await clock.advance(limits.ackPatience)
  assert.is(carried.length, 3)
  opened.taken('b')
  await clock.advance(20 * limits.ackPatience)
  assert.is(carried.length, 3)
})

test('what they refuse is told and goes again after a while', async () => {
  await using opened = await openDelivery()
  const { clock, carried, delivery } = opened
  opened.add('a')
  await settled()
  delivery.refused('bob', 'a', text('cannot open it', 'ne peut pas l’ouvrir'))
  await settled()
  assert.is(carried.length, 1)
  assert.is(delivery.why('bob')!.en, 'cannot open it')
  await clock.advance(limits.firstPause)
  assert.is(carried.length, 2)
})

test('where the first road fails the next one is taken, and the reason of the last counts', async () => {
  await using opened = await openDelivery({ roads: 2 })
  opened.state.isThere = false
  opened.add('a')
  await settled()
  assert.equal(opened.carried, ['0:a', '1:a'])
  assert.ok(opened.told.includes('stored a'))
})

test('where the first road takes its time the next one is taken beside it; the first may come through yet', async () => {
  await using opened = await openDelivery({ roads: 2 })
  opened.state.opens = Promise.withResolvers<void>()
  opened.add('a')
  await opened.clock.advance(limits.roadStagger - 1)
  assert.equal(opened.carried, ['0:a'])
  await opened.clock.advance(1)
  assert.equal([opened.carried, opened.told.at(-1)], [['0:a', '1:a'], 'stored a'])
  opened.state.opens.resolve()
  await settled()
  assert.is(opened.told.at(-1), 'sent a')
})

test('what comes while a slow road is still being tried does not wait for it once more', async () => {
  await using opened = await openDelivery({ roads: 2 })
  opened.state.opens = Promise.withResolvers<void>()
  opened.add('a')
  await opened.clock.advance(limits.roadStagger)
  opened.add('b')
  await settled()
  assert.equal(opened.carried, ['0:a', '1:a', '0:b', '1:b'])
  opened.state.opens.resolve()
  await settled()
  opened.state.opens = Promise.withResolvers<void>()
  opened.add('c')
  await settled()
  assert.is(opened.carried.at(-1), '0:c')
})

test('a road that comes while a slow one is all there is gets its turn when the slow one has had its time', async () => {
  await using opened = await openDelivery({ roads: 2 })
  const { clock, carried, delivery, routes } = opened
  const late = routes.pop()!
  opened.state.opens = Promise.withResolvers<void>()
  opened.add('a')
  await settled()
  routes.push(late)
  delivery.tryAnew('bob')
  await clock.advance(limits.roadStagger - 1)
  assert.not.ok(carried.includes('1:a'))
  await clock.advance(1)
  assert.ok(carried.includes('1:a'))
})

test('where all roads fail, the reason of the last resort is told, whichever fails last', async () => {
  await using opened = await openDelivery({ roads: 2 })
  opened.state.opens = Promise.withResolvers<void>()
  opened.state.isThere = false
  opened.state.isBoxFull = true
  opened.add('a')
  await opened.clock.advance(limits.roadStagger)
  assert.is(opened.delivery.why('bob')!.fr, full().text.fr)
  opened.state.opens.resolve()
  await settled()
  assert.is(opened.delivery.attempts('bob').attempts, 1)
  assert.is(opened.delivery.why('bob')!.fr, full().text.fr)
})

test('a road that fails late, when another has come through, changes nothing', async () => {
  await using opened = await openDelivery({ roads: 2 })
  opened.state.opens = Promise.withResolvers<void>()
  opened.state.isThere = false
  opened.add('a')
  await opened.clock.advance(limits.roadStagger)
  opened.state.opens.resolve()
  await settled()
  assert.equal([opened.carried, opened.delivery.why('bob')], [['0:a', '1:a'], undefined])
})

test('with no road at all it says which one to switch on', async () => {
  await using opened = await openDelivery({ roads: 0 })
  opened.add('a')
  await settled()
  assert.match(opened.delivery.why('bob')!.en, 'route-link')
  assert.is(opened.delivery.reachability(contact).why!.fr, opened.delivery.why('bob')!.fr)
})

test('nothing goes to who is blocked', async () => {
  await using opened = await openDelivery({ person: { ...contact, blocked: true } })
  opened.add('a')
  await opened.clock.advance(1_000_000)
  assert.equal(opened.carried, [])
})

test('a knock tries the road though nothing waits', async () => {
  await using opened = await openDelivery()
  opened.delivery.knock('bob')
  await settled()
  assert.equal(opened.carried, ['0:'])
})

test('whom nobody has found for long is written to at once: the mailbox has it though the next look is minutes away', async () => {
  await using opened = await openDelivery({ roads: 2 })
  const { clock, carried, delivery, state } = opened
  state.isThere = false
  delivery.knock('bob')
  await clock.advance(3_600_000)
  assert.ok(delivery.attempts('bob').nextTry > clock.now())
  const before = carried.length
  opened.add('a')
  await settled()
  assert.equal(carried.slice(before), ['0:a', '1:a'])
  assert.is(opened.told.at(-1), 'stored a')
})

test('whoever is being looked for is written to at once, with the time that the road still has; no second look begins', async () => {
  await using opened = await openDelivery({ roads: 2 })
  const { clock, carried, delivery, state } = opened
  state.opens = Promise.withResolvers<void>()
  delivery.knock('bob')
  await settled()
  delivery.tryAnew('bob')
  await clock.advance(limits.roadStagger - 1)
  assert.equal(carried, ['0:'])
  opened.add('a')
  await settled()
  assert.equal(carried, ['0:', '0:a'])
  await clock.advance(1)
  assert.equal(carried, ['0:', '0:a', '1:a'])
})

test.run()
