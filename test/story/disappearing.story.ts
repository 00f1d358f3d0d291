import type { StoredMessage } from '@palabre/sdk/contract/store'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { left, listening } from './here-and-away.ts'
import { hoursAhead, sleepTill } from './hours-ahead.ts'
import { answered, conversation, meet, newTalker, refused } from './two-talkers.ts'

test('what is said under a fuse leaves both sides: its author an hour after it arrived, its reader an hour after they read it', async () => {
  await using ada = newTalker(hoursAhead(0))
  await using bob = newTalker(hoursAhead(0))
  await meet(ada, bob)
  const said = async (person: typeof ada, peer: string) =>
    (await conversation(person, peer)).filter(({ kind }) => kind === 'text').map(({ text }) => text)
  const say = (message: string) =>
    answered(bob, 'send', '--to', 'Ada', '--message', message, '--wait', 'delivered', '--seconds', '60')
  await refused(bob, /between five seconds and a year/, 'messages', 'fuse', 'Ada', '4')

  const there = await listening(ada)
  await answered(bob, 'messages', 'fuse', 'Ada', '3600')
  await say('burn after reading')
  assert.match((await ada.palabre('history', 'Bob')).out, /messages disappear/)
  await answered(bob, 'messages', 'fuse', 'Ada', '0')
  await say('keep this')
  await left(there)

  for (const person of [ada, bob]) sleepTill(person, 2)
  assert.equal(await said(bob, 'Ada'), ['we meet', 'keep this'])
  assert.equal(await said(ada, 'Bob'), ['we meet', 'burn after reading', 'keep this'], 'unread')

  const [last] = await answered<StoredMessage[]>(ada, 'history', 'Bob', '--limit', '1')
  await answered(ada, 'messages', 'read', 'Bob', last!.id)
  assert.is((await answered<readonly object[]>(ada, 'search', 'burn')).length, 1)
  sleepTill(ada, 4)
  assert.equal(await answered(ada, 'search', 'burn'), [])
  assert.equal(await said(ada, 'Bob'), ['we meet', 'keep this'])
})

test.run()
