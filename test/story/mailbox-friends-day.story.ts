// slow, limit: 300 s
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Person } from './cli-process.ts'
import { left, listening, untilSo } from './here-and-away.ts'
import { hoursAhead, sleepTill } from './hours-ahead.ts'
import { answered, meet, newTalker, texts } from './two-talkers.ts'

const friendly = { ...hoursAhead(0), 'mailbox-client': true, 'mailbox-desk': true, 'mailbox-friends': true }

test('what lay with a friend for a day is forgotten there and brought again by its author, and comes once', async () => {
  await using ada = newTalker(friendly)
  await using bob = newTalker(friendly)
  await using carol = newTalker(friendly)
  await meet(bob, ada, ['Bob', 'Ada'])
  await meet(carol, bob, ['Carol', 'Bob'])
  await answered(bob, 'friends', 'add', 'Carol')
  await answered(carol, 'friends', 'add', 'Bob')
  let friend = await listening(carol)
  const [adaHere, bobHere] = [await listening(ada), await listening(bob)]
  await untilSo(async () => (await answered<{ told: readonly string[] }>(ada, 'contacts', 'show', 'Bob')).told.includes('mailbox'))
  await untilSo(async () => (await answered<readonly object[]>(ada, 'outbox')).length === 0)
  await left(bobHere)
  const sent = ['send', '--to', 'Bob', '--message', 'for more than a day', '--wait', 'sent', '--seconds', '60']
  assert.is((await answered<{ state: string }>(ada, ...sent)).state, 'stored')
  assert.ok((await blocksAt(carol)) >= 1)
  for (const one of [adaHere, friend]) await left(one)

  for (const one of [ada, bob, carol]) sleepTill(one, 26)
  friend = await listening(carol)
  assert.is(await blocksAt(carol), 0)
  const returned = await listening(ada)
  await untilSo(async () => (await blocksAt(carol)) >= 1)
  await left(returned)
  // Nobody keeps for her, so what he has to say to it waits for a link.
  const back = await listening(bob)
  await back.says('for more than a day')
  await left(back)
  assert.equal(
    (await texts(bob, 'Ada')).filter((text) => text !== 'we meet'),
    ['for more than a day'],
  )
  await left(friend)
})

const blocksAt = async (friend: Person) =>
  (await answered<{ kept: { readonly blocks: number } }>(friend, 'friends', 'list')).kept.blocks

test.run()
