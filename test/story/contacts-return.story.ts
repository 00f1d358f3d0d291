// slow, limit: 300 s
import type { Contact } from '@palabre/sdk/contract/contacts'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { answered, linkOf, meet, newTalker, piped, refused, texts } from './two-talkers.ts'

test('24 words and an export bring a lost machine’s contacts back, and the conversation with them goes on', async () => {
  await using ada = newTalker()
  await using bob = newTalker()
  await meet(ada, bob)
  await answered(bob, 'contacts', 'verify', 'Ada')
  const { out: file } = await bob.palabre('contacts', 'export')
  const { phrase } = await answered<{ phrase: string }>(bob, 'id', 'phrase', '--yes-show-it')
  await using again = newTalker()
  const restored = await piped(again, phrase, 'id', 'restore')
  assert.is(restored.code, 0, restored.err)
  for (const [wrong, says] of [
    ['', /wants --file/],
    ['[]', /no export of contacts, or it was altered/],
    [file.slice(0, -20), /no export of contacts/],
    [file.replace(/("said": ".{40})./, '$1_'), /no export of contacts/],
    [(await ada.palabre('contacts', 'export')).out, /belongs to another identity/],
  ] as const) {
    const { code, err } = await piped(again, wrong, 'contacts', 'import')
    assert.is(code, 2, err)
    assert.match(err, says)
  }
  assert.equal(await answered(again, 'contacts', 'list'), [])

  const { out } = await piped(again, file, 'contacts', 'import', '--lang', 'fr')
  assert.is(out, '1 ajoutés ; 0 étaient connus.\n')
  assert.match((await piped(again, file, 'contacts', 'import')).out, 'Added 0; 1 were known.')
  const [contact] = await answered<Contact[]>(again, 'contacts', 'list')
  assert.ok(contact!.verified)
  const there = ada.start(['listen', '--json'])
  await answered(again, 'send', '--to', 'Ada', '--message', 'I am back', '--wait', 'delivered', '--seconds', '60')
  await there.says('I am back')
  assert.equal(await texts(ada, 'Bob'), ['we meet', 'session-renewed', 'I am back'])
})

test('who was removed reaches nobody, and comes back by a new invite with what waited', async () => {
  await using ada = newTalker()
  await using bob = newTalker()
  await meet(ada, bob)
  await refused(bob, /--yes/, 'contacts', 'remove', 'Ada')
  await answered(bob, 'contacts', 'remove', 'Ada', '--yes')
  for (const [...line] of [
    ['history', 'Ada'],
    ['contacts', 'remove', 'Ada', '--yes'],
  ])
    await refused(bob, /nobody in your contacts is called “Ada”/, ...line)
  assert.equal(await answered(bob, 'search', 'meet'), [])

  const here = bob.start(['listen', '--json'])
  await answered(ada, 'send', '--to', 'Bob', '--message', 'are you there?', '--wait', 'sent', '--seconds', '60')
  assert.equal(await answered(bob, 'contacts', 'list'), [])
  const link = await linkOf(bob)
  await answered(ada, 'invite', 'accept', link)
  await answered(ada, 'send', '--to', 'Bob', '--message', 'again', '--wait', 'delivered', '--seconds', '60')
  await here.says('again')
  assert.equal(await texts(bob, 'Ada'), ['are you there?', 'again'])
  // The same link once more changes nothing.
  await answered(ada, 'invite', 'accept', link)
  await answered(ada, 'send', '--to', 'Bob', '--message', 'still there', '--wait', 'delivered', '--seconds', '60')
})

test.run()
