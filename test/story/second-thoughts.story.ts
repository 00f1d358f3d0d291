import type { Contact } from '@palabre/sdk/contract/contacts'
import type { StoredMessage } from '@palabre/sdk/contract/store'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { answered, meet, newTalker } from './two-talkers.ts'

test('what was said is changed, answered with a sign and taken back, and the other person sees each', async () => {
  await using ada = newTalker()
  await using bob = newTalker()
  await meet(ada, bob)
  const there = ada.start(['listen', '--json'])
  const say = (message: string) =>
    answered<StoredMessage>(bob, 'send', '--to', 'Ada', '--message', message, '--wait', 'delivered', '--seconds', '60')
  const [kept, gone] = [await say('at five'), await say('never mind')]
  // Both are up, so that what changes a message goes at once.
  const here = bob.start(['listen', '--json'])
  await answered(bob, 'messages', 'edit', kept.id, 'at six')
  await there.says('at six')
  await answered(ada, 'messages', 'react', kept.id, '👍')
  await here.says('👍')
  await answered(bob, 'messages', 'delete', gone.id)
  await there.says('"deletedAt"')
  for (const one of [there, here]) {
    one.signal('SIGINT')
    await one.ended
  }
  const { out } = await ada.palabre('history', 'Bob')
  assert.match(out, 'at six')
  assert.not.match(out, /at five|never mind/)
  assert.is((await bob.palabre('plugins', 'disable', 'command-messages')).code, 0)
  assert.is((await bob.palabre('messages', 'edit', kept.id, 'at seven')).code, 2)
})

test('a contact is renamed, verified, kept to relays and blocked; nothing is sent to who is blocked', async () => {
  await using ada = newTalker()
  await using bob = newTalker()
  await meet(ada, bob)
  await answered(bob, 'contacts', 'rename', 'Ada', 'Ada of the tree')
  await answered(bob, 'contacts', 'verify', 'Ada of the tree')
  await answered(bob, 'contacts', 'policy', 'Ada of the tree', 'relayed-only')
  await answered(bob, 'contacts', 'block', 'Ada of the tree')
  const [contact] = await answered<Contact[]>(bob, 'contacts', 'list')
  const { name, verified, policy, blocked } = contact!
  assert.equal(
    { name, verified, policy, blocked },
    { name: 'Ada of the tree', verified: true, policy: 'relayed-only', blocked: true },
  )
  assert.is((await bob.palabre('send', '--to', 'Ada of the tree', '--message', 'hello')).code, 2)
  assert.is((await bob.palabre('plugins', 'disable', 'command-contacts')).code, 0)
  assert.is((await bob.palabre('contacts', 'unblock', 'Ada of the tree')).code, 2)
})

test.run()
