// limit: 240 s
import { MailFriends } from '@palabre/sdk/contract/mail-friends'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { meet, startPerson, type TestPerson } from '../messenger/person.ts'
import { has, knowsMailboxOf, tellsWhatCame } from './relay-host.ts'
import { until } from './until.ts'

const start = () => startPerson({ also: ['mailbox-client', 'mailbox-desk', 'mailbox-friends'] })

const run = async (who: TestPerson, id: string, contact: string) =>
  (await who.host.commands.run(id, { contact })).data as { readonly standing: string }

test('two who agree keep for each other: a third one’s message waits at the friend, comes in order and once, and is forgotten there', async () => {
  await using ada = await start()
  await using bob = await start()
  await using carol = await start()
  await meet(bob, ada)
  await meet(bob, carol)
  await run(bob, 'friends.add', carol.id)
  await run(carol, 'friends.add', bob.id)
  await until(() => knowsMailboxOf(ada, bob))
  await bob.stop()

  const texts = Array.from({ length: 5 }, (_, index) => `for the one who is away ${index}`)
  for (const text of texts) await ada.messenger.send(bob.id, { text })
  const stored = await ada.seesText(texts.at(-1)!, 'stored')
  assert.is(stored.copies, 1)
  await ada.stop()

  await using awayFriend = await carol.restart()
  await using back = await bob.restart()
  await has(back, ada.id, texts.at(-1)!)
  const received = (await back.messenger.history(ada.id, { limit: 100 })).filter(({ mine }) => !mine)
  assert.equal(
    received.map(({ text }) => text),
    texts,
  )
  await until(async () => (await awayFriend.host.lent.store.records('kept')).every(({ key }) => !key.startsWith('block/')))
})

void MailFriends
void tellsWhatCame
test.run()
