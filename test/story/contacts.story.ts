import type { Contact } from '@palabre/sdk/contract/contacts'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Person } from './cli-process.ts'
import { answered, linkOf, meet, newTalker, refused, texts } from './two-talkers.ts'

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
  await refused(bob, /you have blocked Ada of the tree/, 'send', '--to', 'Ada of the tree', '--message', 'hello')
  assert.is((await bob.palabre('plugins', 'disable', 'command-contacts')).code, 0)
  await refused(bob, /command-contacts/, 'contacts', 'unblock', 'Ada of the tree')
})

test('somebody under a known name with another key is told apart, and not written to until the person has decided', async () => {
  await using ada = newTalker()
  await using bob = newTalker()
  await meet(ada, bob)
  // A lost machine: the same person, who could not bring their words along. Or somebody who says so.
  await using anew = newTalker()
  await using mallory = newTalker()
  await anew.palabre('id', 'name', 'Ada')
  await mallory.palabre('id', 'name', 'Adá')
  const here = bob.start(['listen'])
  await answered(anew, 'invite', 'accept', await linkOf(bob))
  await answered(anew, 'send', '--to', 'Bob', '--message', 'my new machine', '--wait', 'delivered', '--seconds', '60')
  const { id: first } = await suspectOf(bob)
  await here.says(`Ada (${first.slice(0, 12)}…): my new machine`)
  const invited = await bob.palabre('invite', 'accept', await linkOf(mallory))
  assert.match(invited.out, /under another key. Compare the safety number/)
  const { id: second } = await suspectOf(bob, first)

  for (const id of [first, second]) {
    await refused(bob, /under another key/, 'send', '--to', id, '--message', 'the key is under the mat')
    await refused(bob, /avec une autre clé/, 'send', '--to', id, '--message', 'la clé est sous le paillasson', '--lang', 'fr')
    assert.equal(await answered(bob, 'outbox', '--peer', id), [])
  }
  await refused(bob, /“Ada” could be Ada \(pal1.*, Ada \(pal1/, 'contacts', 'trust', 'Ada')
  await refused(bob, /nobody in your contacts/, 'contacts', 'trust', 'Eve')

  const there = anew.start(['listen', '--json'])
  await answered(bob, 'contacts', 'trust', first.slice(0, 12))
  await answered(bob, 'send', '--to', first, '--message', 'welcome', '--wait', 'delivered', '--seconds', '60')
  await there.says('welcome')
  await answered(bob, 'contacts', 'remove', second, '--yes')
  assert.equal(await texts(bob, first), ['my new machine', 'welcome'])
  assert.equal(
    (await answered<Contact[]>(bob, 'contacts', 'list')).filter(({ suspect }) => suspect !== undefined),
    [],
  )
})

async function suspectOf(person: Person, other?: string): Promise<Contact> {
  const all = await answered<Contact[]>(person, 'contacts', 'list')
  return all.find(({ id, suspect }) => suspect !== undefined && id !== other)!
}

test.run()
