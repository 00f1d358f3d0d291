// slow, limit: 300 s
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { meet, startPerson, type PersonOptions, type TestPerson } from '../messenger/person.ts'
import { has, knowsMailboxOf } from './relay-host.ts'
import { until } from './until.ts'

test('what two who agree keep for each other comes in order and once, and is forgotten; with the consent goes what is kept', async () => {
  await using ground = await threeOfWhomTwoAgree()
  const { ada, bob, carol } = ground
  await bob.stop()
  const texts = Array.from({ length: 5 }, (_, index) => `for the one who is away ${index}`)
  for (const text of texts) await ada.messenger.send(bob.id, { text })
  assert.is((await ada.seesText(texts.at(-1)!, 'stored')).copies, 1)
  assert.ok((await blocksAt(carol)) >= 1)

  await using friend = await carol.restart()
  await ada.stop()
  await using back = await bob.restart()
  await has(back, ada.id, texts.at(-1)!)
  assert.equal(await textsFrom(back, ada), texts)
  await until(async () => (await blocksAt(friend)) === 0)

  await run(back, 'friends.remove', friend.id)
  await until(async () => (await run(friend, 'friends.list')).friends[0]?.standing === 'offered')
  await until(async () => (await friend.host.lent.store.records('kept')).length === 0)
  await using returned = await ada.restart()
  await until(async () => (await returned.contacts.get(back.id))!.hints['mailbox']?.toString() === '')
  await back.stop()
  await returned.messenger.send(back.id, { text: 'nobody keeps this' })
  await until(async () => (await returned.messenger.pending()).some(({ state, attempts }) => state === 'queued' && attempts > 0))
})

test('what lay with a friend for a day is forgotten there and brought again by its author, and comes once', async () => {
  await using ground = await threeOfWhomTwoAgree()
  const { ada, bob, carol } = ground
  await bob.stop()
  await ada.messenger.send(bob.id, { text: 'for more than a day' })
  await ada.seesText('for more than a day', 'stored')
  await ada.stop()
  const ahead = () => 26
  await using friend = await carol.restart({ ahead })
  assert.is(await blocksAt(friend), 0)
  await using author = await ada.restart({ ahead })
  await until(async () => (await blocksAt(friend)) >= 1)
  await author.stop()
  await using back = await bob.restart({ ahead })
  await has(back, ada.id, 'for more than a day')
  assert.equal(await textsFrom(back, ada), ['for more than a day'])
})

test('nobody is kept for who has not agreed, or whom the friend has blocked', async () => {
  await using ground = await threeOfWhomTwoAgree()
  const { ada, bob, carol } = ground
  await meet(carol, ada, 'Carol')
  await run(ada, 'friends.add', carol.id)
  await until(async () => (await run(carol, 'friends.list')).friends.some(({ standing }) => standing === 'asked'))
  assert.is((await run(ada, 'friends.list')).friends[0]!.standing, 'offered')
  assert.is((await statusOf(ada)).mailboxes.length, 0)
  assert.is((await statusOf(bob)).mailboxes.length, 1)
  await carol.contacts.block(bob.id, true)
  await until(async () => (await carol.host.lent.store.records('kept')).length === 0)
})

const options: PersonOptions = { also: ['mailbox-client', 'mailbox-desk', 'mailbox-friends'] }

/** Ada knows Bob, Bob knows Carol; Bob and Carol keep for each other, and Ada has heard where. */
async function threeOfWhomTwoAgree() {
  const [ada, bob, carol] = [await startPerson(options), await startPerson(options), await startPerson(options)]
  await meet(bob, ada)
  await meet(bob, carol)
  await run(bob, 'friends.add', carol.id)
  await run(carol, 'friends.add', bob.id)
  await until(() => knowsMailboxOf(ada, bob))
  await until(async () => (await carol.host.lent.store.records('kept')).length >= 1)
  return {
    ada,
    bob,
    carol,
    async [Symbol.asyncDispose]() {
      for (const one of [ada, bob, carol]) await one[Symbol.asyncDispose]()
    },
  }
}

interface FriendsSaid {
  readonly friends: readonly { readonly standing: string }[]
  readonly kept: { readonly blocks: number }
}

const run = async (who: TestPerson, id: string, contact?: string) =>
  (await who.host.commands.run(id, contact === undefined ? {} : { contact })).data as FriendsSaid

const blocksAt = async (who: TestPerson) => (await run(who, 'friends.list')).kept.blocks

const statusOf = async (who: TestPerson) =>
  (await who.host.commands.run('mailbox.status', {})).data as { readonly mailboxes: readonly object[] }

const textsFrom = async (who: TestPerson, author: TestPerson) =>
  (await who.messenger.history(author.id, { limit: 100 }))
    .filter(({ mine, kind }) => !mine && kind === 'text')
    .map(({ text }) => text)

test.run()
