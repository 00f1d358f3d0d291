import { isPalabreError } from '@palabre/sdk'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { TestPerson } from '../messenger/person.ts'
import { has, startPersonAt, startRelay, type TestRelay } from './relay-host.ts'
import { until } from './until.ts'

test('an invite for two: both who accept while the inviter sleeps are found on waking, and a third one is not', async () => {
  await using relay = await startRelay()
  await using ada = await startPersonAt([relay])
  const { link } = await ada.contacts.createInvite({ name: 'Ada', uses: 2 })
  await until(async () => relay.count('queue') === 1)
  await ada.stop()
  await using bob = await accepting(relay, link, ada, 'from Bob')
  await using carol = await accepting(relay, link, ada, 'from Carol')
  await using late = await accepting(relay, link, ada, 'from a third one')

  await using awake = await ada.restart()
  await has(awake, bob.id, 'from Bob')
  await has(awake, carol.id, 'from Carol')
  await until(async () => relay.count('block') === late.blocks)
  assert.equal((await awake.contacts.list()).map(({ id }) => id).toSorted(), [bob.id, carol.id].toSorted())
  for (const [guest, text] of [
    [bob, 'to Bob'],
    [carol, 'to Carol'],
  ] as const) {
    await awake.messenger.send(guest.id, { text })
    await has(awake, guest.id, text, 'stored')
    await using back = await guest.restart()
    await has(back, awake.id, text)
    assert.is((await back.contacts.get(awake.id))!.waiting, false)
  }
})

test('through an invite that was over or revoked when the inviter woke nobody comes in; through another one they do', async () => {
  await using relay = await startRelay()
  await using ada = await startPersonAt([relay])
  const [brief, revoked, good] = [
    await ada.contacts.createInvite({ days: 1 }),
    await ada.contacts.createInvite({ days: 20 }),
    await ada.contacts.createInvite({ days: 20 }),
  ]
  await until(async () => relay.count('queue') === 3)
  await ada.contacts.revokeInvite(revoked.id)
  await ada.stop()
  await using early = await accepting(relay, brief.link, ada, 'through the brief one')
  await using eve = await accepting(relay, revoked.link, ada, 'through the revoked one')
  await using bob = await accepting(relay, good.link, ada, 'through the good one')
  await using awake = await ada.restart({ ahead: () => 48 })
  await has(awake, bob.id, 'through the good one')
  await until(async () => relay.count('block') === early.blocks + eve.blocks)
  assert.equal(
    (await awake.contacts.list()).map(({ id }) => id),
    [bob.id],
  )
  await using tardy = await startPersonAt([relay], { ahead: () => 48 })
  const code = await tardy.contacts.acceptInvite(brief.link).catch((error: unknown) => isPalabreError(error) && error.code)
  assert.is(code, 'denied')
})

/** Comes, accepts, writes, and leaves once a mailbox has it. */
async function accepting(relay: TestRelay, link: string, inviter: TestPerson, text: string) {
  const guest = await startPersonAt([relay])
  const before = relay.count('block')
  await guest.contacts.acceptInvite(link)
  await guest.messenger.send(inviter.id, { text })
  await has(guest, inviter.id, text, 'stored')
  await guest.stop()
  return { ...guest, blocks: relay.count('block') - before }
}

test.run()
