import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Pending } from '@palabre/sdk/contract/messenger'
import { meet, type TestPerson } from '../messenger/person.ts'
import { has, knowsMailboxOf, startPersonAt, startRelay, tellsWhatCame } from './relay-host.ts'
import { until } from './until.ts'

test('two who are never there together: what one writes waits at the mailbox, comes in order and once, and the author learns of it', async () => {
  await using relay = await startRelay()
  await using ada = await startPersonAt([relay])
  await using bob = await startPersonAt([relay])
  await meet(ada, bob)
  await bob.messenger.send(ada.id, { text: 'hello' })
  await bob.seesText('hello', 'delivered')
  await until(async () => relay.count('queue') >= 3 && (await knowsMailboxOf(ada, bob)))

  await bob.stop()
  const texts = Array.from({ length: 20 }, (_, index) => `while you were away ${index}`)
  for (const text of texts) await ada.messenger.send(bob.id, { text })
  const stored = await ada.seesText(texts.at(-1)!, 'stored')
  assert.is(stored.copies, 1)
  assert.is((await ada.messenger.reachability(bob.id)).state, 'mailbox')
  await ada.stop()

  await using back = await bob.restart()
  await has(back, ada.id, texts.at(-1)!)
  const received = (await back.messenger.history(ada.id, { limit: 100 })).filter(({ mine }) => !mine)
  assert.equal(
    received.map(({ text }) => text),
    texts,
  )
  await tellsWhatCame(back)
  await back.stop()

  await using returned = await ada.restart()
  await has(returned, bob.id, texts.at(-1)!, 'delivered')
  assert.ok((await returned.messenger.pending()).every(({ message }) => message === undefined))
})

test('who deposits always does so while the other is there and linked; without it the link carries all', async () => {
  await using relay = await startRelay()
  await using ada = await startPersonAt([relay], { config: { 'mailbox-client': { mailboxes: [relay.link], always: true } } })
  await using bob = await startPersonAt([relay])
  await meet(ada, bob)
  await until(async () => (await knowsMailboxOf(ada, bob)) && (await knowsMailboxOf(bob, ada)))
  await ada.messenger.send(bob.id, { text: 'by the mailbox' })
  await ada.seesText('by the mailbox', 'stored')
  await has(bob, ada.id, 'by the mailbox')
  await bob.messenger.send(ada.id, { text: 'by the link' })
  await bob.seesText('by the link', 'delivered')
  assert.not.ok(bob.events.some((one) => 'message' in one && one.message.text === 'by the link' && one.message.state === 'stored'))
  assert.is((await ada.messenger.reachability(bob.id)).state, 'up')
})

test('with direct roads only nothing lies at a mailbox, from neither of the two, and both are told why it waits', async () => {
  await using relay = await startRelay()
  await using ada = await startPersonAt([relay])
  await using bob = await startPersonAt([relay])
  await meet(ada, bob)
  await until(async () => (await knowsMailboxOf(ada, bob)) && (await knowsMailboxOf(bob, ada)))
  await ada.contacts.setPolicy(bob.id, 'direct-only')
  await until(async () => (await bob.contacts.get(ada.id))!.hints['mailbox']?.toString() === '')
  const waits = async (one: TestPerson, other: TestPerson, because: string) => {
    await other.stop()
    await one.messenger.send(other.id, { text: 'face to face' })
    const isSaid = ({ message, state, why }: Pending) => message !== undefined && state === 'queued' && why.en.includes(because)
    await until(async () => (await one.messenger.pending()).some(isSaid))
  }
  await waits(ada, bob, 'only direct roads are allowed')
  await using back = await bob.restart()
  await has(back, ada.id, 'face to face')
  await waits(back, ada, 'cannot be reached')
  assert.is(relay.count('block'), 0)
})

test('the inviter sleeps: the guest joins through the mailbox, and both can talk though they never meet', async () => {
  await using relay = await startRelay()
  await using ada = await startPersonAt([relay])
  const { link } = await ada.contacts.createInvite({ name: 'Ada' })
  await until(async () => relay.count('queue') === 1)
  await ada.stop()

  await using bob = await startPersonAt([relay])
  await bob.contacts.acceptInvite(link)
  await bob.messenger.send(ada.id, { text: 'when you wake' })
  await bob.seesText('when you wake', 'stored')
  await bob.stop()

  await using awake = await ada.restart()
  await has(awake, bob.id, 'when you wake')
  await awake.messenger.send(bob.id, { text: 'awake' })
  await awake.seesText('awake', 'stored')
  await tellsWhatCame(awake)
  await awake.stop()

  await using back = await bob.restart()
  await has(back, ada.id, 'awake')
  await has(back, ada.id, 'when you wake', 'delivered')
})

test.run()
