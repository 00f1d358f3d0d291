// slow, limit: 300 s
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { bentStore, type Malice } from './bent-store.ts'
import { cutAnywhere } from './cut-stream.ts'
import { has, startRelay } from './relay-host.ts'
import { acquainted, owes, talkPast } from './talk-past.ts'
import { toldRandom } from './told-random.ts'
import { until } from './until.ts'

const everything: Malice = { lose: 0.3, refuse: 0.2, replay: 0.3, reorder: 0.5, alter: 0.3, swap: 0.3, withhold: 0.3 }

test('one mailbox loses, refuses, replays, reorders, alters, swaps and withholds; the other saves the day, both ways', async () => {
  const bent = bentStore(toldRandom(), everything)
  await using hostile = await startRelay({ bend: bent.bend })
  await using honest = await startRelay()
  await talkPast([hostile, honest], 25)
  assert.ok(sumOf(bent.times) > 5, JSON.stringify(bent.times))
})

test('what a lone mailbox replays, reorders and at first refuses arrives once, in order, and its author learns of it', async () => {
  const bent = bentStore(toldRandom(), { refuse: 0.2, replay: 0.4, reorder: 0.6 })
  await using hostile = await startRelay({ bend: bent.bend })
  await talkPast([hostile], 15)
  assert.ok(sumOf(bent.times) > 5, JSON.stringify(bent.times))
})

test('what a lone mailbox keeps arrives once and in order, although it cuts its streams anywhere', async () => {
  await using cutting = await startRelay({ cut: cutAnywhere(toldRandom(), 30) })
  await talkPast([cutting], 15)
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

const sumOf = (times: Readonly<Record<string, number>>) => Object.values(times).reduce((sum, one) => sum + one, 0)

test.run()
