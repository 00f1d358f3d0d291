// limit: 120 s
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { meet, startPerson } from './person.ts'

test('two people who meet by an invite talk in both directions', async () => {
  await using ada = await startPerson()
  await using bob = await startPerson()
  await meet(ada, bob)
  const sent = await bob.messenger.send(ada.id, { text: 'Hello Ada' })
  assert.is(sent.state, 'queued')
  const came = await ada.seesText('Hello Ada')
  assert.is(came.author, bob.id)
  await bob.seesText('Hello Ada', 'delivered')
  await ada.messenger.send(bob.id, { text: 'Hello Bob', replyTo: came.id })
  assert.is((await bob.seesText('Hello Bob')).replyTo, came.id)
  await ada.messenger.markRead(bob.id, came.id)
  await bob.seesText('Hello Ada', 'read')
})

test.run()
