// slow
import { isPalabreError } from '@palabre/sdk'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { startPerson } from './person.ts'

const most = 10_000

test('a full outbox says so and what to do, keeps what it has, and takes more once there is room', async () => {
  await using ada = await startPerson({ store: 'store-memory' })
  await using bob = await startPerson({ store: 'store-memory' })
  const { link } = await ada.contacts.createInvite({})
  await ada.stop()
  await bob.contacts.acceptInvite(link)
  const say = (text: string) => bob.messenger.send(ada.id, { text })
  const first = await say('first')
  const room = most - (await bob.messenger.pending()).length
  await Promise.all(Array.from({ length: room }, (_, at) => say(`${at}`)))
  const refused = await say('one too many').catch((error: unknown) => error)
  assert.ok(isPalabreError(refused) && refused.code === 'too-large')
  assert.match(refused.todo?.en ?? '', 'palabre messages withdraw')
  assert.equal(await bob.messenger.search('many', { limit: 1 }), [])

  await bob.messenger.withdraw(first.id)
  await say('one more')
  assert.is((await bob.messenger.pending()).length, most)
})

test.run()
