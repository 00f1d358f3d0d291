// slow
import { encodeInviteBody, inviteLink, readInviteLink } from '@palabre/sdk/contract/invite-wire'
import type { Contact } from '@palabre/sdk/contract/contacts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Person } from './cli-process.ts'
import { answered, linkOf, meet, newTalker, refused } from './two-talkers.ts'

const weaker = { 'test-weaker': { enabled: true, from: join(import.meta.dirname, '../messenger/weaker') } }
/** A program that has nothing of the messenger, and so none of its manners. */
const without = { 'messenger-pipeline': false, 'route-link': false }

test('who has spoken the stronger suite with us is not heard in a weaker one; a newcomer who was offered it is', async () => {
  await using ada = newTalker(weaker)
  await using bob = newTalker(weaker)
  await using carl = newTalker(weaker)
  await meet(ada, bob)
  await ada.start(['run']).says('Ctrl-C')
  const whispered = async (person: Person) => {
    const link = await linkOf(ada)
    const was = JSON.parse(readFileSync(person.settings, 'utf8')) as { plugins: object }
    person.write({ 'ill.json': { plugins: { ...was.plugins, ...without } } })
    return answered<{ answer: string }>(person, 'whisper', link, '--plugins', join(person.folder, 'ill.json'))
  }
  assert.equal(await whispered(bob), { answer: 'refused' })
  assert.equal(await whispered(carl), { answer: 'taken' })
  const people = await answered<Contact[]>(ada, 'contacts', 'list')
  assert.equal(people.map(({ suite }) => suite).toSorted(), ['ratchet', 'weak'])

  await answered(bob, 'send', '--to', 'Ada', '--message', 'strong words', '--wait', 'delivered', '--seconds', '60')

  // Where the stronger one is off, it is missed: nothing goes back to the weaker one.
  await ada.palabre('plugins', 'disable', 'suite-ratchet')
  await refused(
    ada,
    /“ratchet” that you use with them is switched off/,
    'send',
    '--to',
    people.find(({ suite }) => suite === 'ratchet')!.id,
    '--message',
    'weak words',
  )
})

test('an invite out of which the stronger offer was taken is no invite', async () => {
  await using ada = newTalker(weaker)
  await using bob = newTalker(weaker)
  const link = await linkOf(ada)
  const { body, signature } = readInviteLink(link)!
  assert.is(body.offers.length, 2)
  const stripped = inviteLink(encodeInviteBody({ ...body, offers: body.offers.filter(({ suite }) => suite === 'weak') }), signature)
  await refused(bob, /this is no invite/, 'invite', 'accept', stripped)
  await answered(bob, 'invite', 'accept', link)
  assert.is((await answered<Contact[]>(bob, 'contacts', 'list'))[0]!.suite, 'ratchet')
})

test.run()
