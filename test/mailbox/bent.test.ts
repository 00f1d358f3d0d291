// slow, limit: 300 s
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { testSeed } from '@palabre/sdk/testkit'
import { meet, type TestPerson } from '../messenger/person.ts'
import { bentStore, type Malice } from './bent-store.ts'
import { has, knowsMailboxOf, startPersonAt, startRelay, type TestRelay } from './relay-host.ts'
import { until } from './until.ts'

const everything: Malice = { lose: 0.3, refuse: 0.2, replay: 0.3, reorder: 0.5, alter: 0.3, swap: 0.3, withhold: 0.3 }

test('one mailbox loses, refuses, replays, reorders, alters, swaps and withholds; the other saves the day, both ways', async () => {
  const bent = bentStore(told(testSeed()), everything)
  await using hostile = await startRelay({ bend: bent.bend })
  await using honest = await startRelay()
  await talkPast([hostile, honest], 25)
  assert.ok(sumOf(bent.times) > 5, JSON.stringify(bent.times))
})

test('what a lone mailbox replays, reorders and at first refuses arrives once, in order, and its author learns of it', async () => {
  const bent = bentStore(told(testSeed()), { refuse: 0.2, replay: 0.4, reorder: 0.6 })
  await using hostile = await startRelay({ bend: bent.bend })
  await talkPast([hostile], 15)
  assert.ok(sumOf(bent.times) > 5, JSON.stringify(bent.times))
})

test('what a lone mailbox loses is never called delivered, and whoever should have had it sees the gap', async () => {
  await using relay = await startRelay()
  await using ground = await acquainted([relay])
  const { ada, bob } = ground
  await bob.stop()
  for (const text of ['one', 'two', 'three']) {
    const { id } = await ada.messenger.send(bob.id, { text })
    await until(async () => (await ada.messenger.message(id))!.state === 'stored')
  }
  relay.change('DELETE FROM block WHERE id = (SELECT max(id) - 1 FROM block)')
  await ada.stop()
  await using early = await bob.restart()
  await has(early, ada.id, 'one')
  await until(() => relay.count('block') === 0)
  await early.stop()
  // The wait for what is missing goes on from run to run.
  await using later = await early.restart({ ahead: () => 1 })
  await later.host.clock.advance(60_000)
  await has(later, ada.id, 'three')
  assert.equal(
    (await later.messenger.history(ada.id, { limit: 10 })).filter(({ mine }) => !mine).map(({ text }) => text),
    ['one', 'gap/1', 'three'],
  )
  await until(async () => (await owes(later)) === 0)
  await later.stop()
  await using returned = await ada.restart()
  await has(returned, bob.id, 'one', 'delivered')
  assert.is((await returned.messenger.history(bob.id, { limit: 10 })).find(({ text }) => text === 'two')!.state, 'stored')
})

/** Ada writes while Bob is away, and is away when he is back: everything once, in order, and she learns of it afterwards. */
async function talkPast(relays: readonly TestRelay[], count: number): Promise<void> {
  await using ground = await acquainted(relays)
  const { ada, bob } = ground
  await bob.stop()
  const texts = Array.from({ length: count }, (_, index) => `number ${index}`)
  for (const text of texts) {
    const { id } = await ada.messenger.send(bob.id, { text })
    await until(async () => (await ada.messenger.message(id))!.state === 'stored')
  }
  await ada.stop()
  await using back = await bob.restart()
  await has(back, ada.id, texts.at(-1)!)
  const came = (await back.messenger.history(ada.id, { limit: 500 })).filter(({ mine, kind }) => !mine && kind === 'text')
  assert.equal(
    came.map(({ text }) => text),
    texts,
  )
  await until(async () => (await owes(back)) === 0)
  await back.stop()
  await using returned = await ada.restart()
  await until(async () =>
    (await returned.messenger.history(bob.id, { limit: 500 }))
      .filter(({ mine }) => mine)
      .every(({ state }) => state === 'delivered'),
  )
}

async function acquainted(relays: readonly TestRelay[]) {
  const ada = await startPersonAt(relays)
  const bob = await startPersonAt(relays)
  await meet(ada, bob)
  await until(async () => (await knowsMailboxOf(ada, bob)) && (await knowsMailboxOf(bob, ada)))
  await until(() => relays.every((relay) => relay.count('queue') >= 3))
  return {
    ada,
    bob,
    async [Symbol.asyncDispose]() {
      await ada[Symbol.asyncDispose]()
      await bob[Symbol.asyncDispose]()
    },
  }
}

function told(seed: number): number {
  console.log(`seed ${seed}`)
  return seed
}

const sumOf = (times: Readonly<Record<string, number>>) => Object.values(times).reduce((sum, one) => sum + one, 0)

const owes = async (who: TestPerson) => ((await who.host.commands.run('mailbox.status', {})).data as { readonly owed: number }).owed

test.run()
