import type { StoredMessage } from '@palabre/sdk/contract/store'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { answered, meet, newTalker, refused, texts } from './two-talkers.ts'

test('who is there sees somebody typing; whether others see that you have read is yours to choose', async () => {
  await using ada = newTalker()
  await using bob = newTalker()
  await meet(ada, bob)
  // Nobody is there to see it: nothing waits for them.
  await answered(bob, 'messages', 'typing', 'Ada')
  assert.equal(await answered(bob, 'outbox'), [])
  await refused(bob, /nobody in your contacts/, 'messages', 'typing', 'Eve')

  const there = ada.start(['listen', '--lang', 'fr'])
  const here = bob.start(['listen', '--json'])
  const say = (message: string) =>
    answered<StoredMessage>(bob, 'send', '--to', 'Ada', '--message', message, '--wait', 'delivered', '--seconds', '60')
  assert.match((await ada.palabre('messages', 'receipts', 'off', '--lang', 'fr')).out, 'ne voient pas quand vous avez lu')
  assert.equal(await answered(ada, 'messages', 'receipts'), { on: false })
  await refused(ada, /cannot be "perhaps"/, 'messages', 'receipts', 'perhaps')
  const silent = await say('do you read me?')
  await answered(bob, 'messages', 'typing', 'Ada')
  await there.says('Bob écrit…')

  await answered(ada, 'messages', 'read', 'Bob', silent.id)
  assert.is((await answered<StoredMessage>(ada, 'messages', 'show', silent.id)).state, 'read')
  await answered(ada, 'messages', 'receipts', 'on')
  const told = await say('and now?')
  assert.is((await answered<StoredMessage>(bob, 'messages', 'show', silent.id)).state, 'delivered', 'she read it in silence')
  await answered(ada, 'messages', 'read', 'Bob', told.id)
  await here.says(new RegExp(`"id":"${told.id}".*"state":"read"`))
  assert.is(there.said().split('and now?').length - 1, 1, 'what was read does not come again')
  assert.equal(await texts(ada, 'Bob'), ['we meet', 'do you read me?', 'and now?'])
})

test.run()
