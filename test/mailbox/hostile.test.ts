import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { meet, type TestPerson } from '../messenger/person.ts'
import { fill, has, knowsMailboxOf, startPersonAt, startRelay, type TestRelay } from './relay-host.ts'
import { until } from './until.ts'

test('of two mailboxes one loses everything and the other repeats, reorders and alters: all of it arrives, in order and once', async () => {
  await using losing = await startRelay()
  await using lying = await startRelay()
  await using ada = await startPersonAt([losing, lying])
  await using bob = await startPersonAt([losing, lying])
  await acquainted(ada, bob, [losing, lying])
  await bob.stop()
  const texts = Array.from({ length: 6 }, (_, index) => `number ${index}`)
  for (const text of texts) {
    const { id } = await ada.messenger.send(bob.id, { text })
    await until(async () => (await ada.messenger.message(id))!.state === 'stored')
  }
  await until(async () => (await ada.messenger.history(bob.id, { limit: 1 }))[0]!.copies === 2)
  await ada.stop()

  losing.change('DELETE FROM block')
  const before = lying.count('block')
  assert.ok(before >= 6, `${before} blocks`)
  // Each once more under another name, all of them backwards, and one more that is altered.
  lying.change('UPDATE block SET id = 1000000 - id')
  lying.change('INSERT INTO block (queue, name, body, over_hour) SELECT queue, randomblob(16), body, over_hour FROM block')
  lying.change(
    'INSERT INTO block (queue, name, body, over_hour) SELECT queue, randomblob(16), CAST(substr(body, 1, 16000) || zeroblob(384) AS BLOB), over_hour FROM block LIMIT 1',
  )

  await using back = await bob.restart()
  await has(back, ada.id, texts.at(-1)!)
  await until(() => lying.count('block') === 0)
  const came = (await back.messenger.history(ada.id, { limit: 100 })).filter(({ mine, kind }) => !mine && kind === 'text')
  assert.equal(
    came.map(({ text }) => text),
    texts,
  )
})

test('of two mailboxes one is full or out of reach: the other keeps it, at one, and at both once there is room', async () => {
  await using full = await startRelay()
  await using honest = await startRelay()
  await using ada = await startPersonAt([full, honest])
  await using bob = await startPersonAt([full, honest])
  await acquainted(ada, bob, [full, honest])
  await bob.stop()
  fill(full)
  await ada.messenger.send(bob.id, { text: 'there is room at one' })
  assert.is((await ada.seesText('there is room at one', 'stored')).copies, 1)
  full.change('DELETE FROM block')
  await ada.messenger.retry(bob.id)
  await until(async () => (await ada.messenger.history(bob.id, { limit: 1 }))[0]!.copies === 2)
  assert.is(full.count('block'), honest.count('block'))
  await full.stop()
  await ada.messenger.send(bob.id, { text: 'one is gone' })
  assert.is((await ada.seesText('one is gone', 'stored')).copies, 1)
  await ada.stop()
  await using back = await bob.restart()
  await has(back, ada.id, 'one is gone')
  const came = (await back.messenger.history(ada.id, { limit: 10 })).filter(({ mine, kind }) => !mine && kind === 'text')
  assert.equal(
    came.map(({ text }) => text),
    ['there is room at one', 'one is gone'],
  )
})

test('a mailbox that is out of reach or full is said to be so, and the message goes on waiting', async () => {
  await using relay = await startRelay()
  await using ada = await startPersonAt([relay])
  await using bob = await startPersonAt([relay])
  await acquainted(ada, bob, [relay])
  await bob.stop()
  fill(relay)
  await ada.messenger.send(bob.id, { text: 'into a full one' })
  await until(async () => (await whys(ada)).includes('their mailbox is full'))
  await relay.stop()
  await ada.messenger.send(bob.id, { text: 'into none' })
  await until(async () => (await whys(ada)).some((why) => why !== 'their mailbox is full' && why !== 'it is about to leave'))
  const states = (await ada.messenger.history(bob.id, { limit: 10 })).map(({ state }) => state)
  assert.ok(states.every((state) => state === 'queued'))
})

/** They know each other and each other's mailboxes, every mailbox knows the queues, and nothing is on its way. */
async function acquainted(ada: TestPerson, bob: TestPerson, relays: readonly TestRelay[]): Promise<void> {
  await meet(ada, bob)
  await until(async () => (await knowsMailboxOf(ada, bob)) && (await knowsMailboxOf(bob, ada)))
  // One for the invite, and one for each of the two.
  await until(() => relays.every((relay) => relay.count('queue') >= 3))
  for (const one of [ada, bob]) await until(async () => (await one.messenger.pending()).length === 0)
}

const whys = async (who: TestPerson) => (await who.messenger.pending()).map(({ why }) => why.en)

test.run()
