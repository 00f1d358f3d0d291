import type { StoredMessage } from '@palabre/sdk/contract/store'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { answered, meet, newTalker, refused, texts } from './two-talkers.ts'

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

test('what has not been delivered yet is withdrawn, and never arrives', async () => {
  await using ada = newTalker()
  await using bob = newTalker()
  await meet(ada, bob)
  const say = (message: string) => answered<StoredMessage>(bob, 'send', '--to', 'Ada', '--message', message, '--seconds', '0')
  const [gone, kept] = [await say('never mind'), await say('see you at five')]
  await answered(bob, 'messages', 'withdraw', gone.id)
  await refused(bob, /taken back already/, 'messages', 'withdraw', gone.id)
  await refused(bob, /déjà été repris/, 'messages', 'withdraw', gone.id, '--lang', 'fr')
  await refused(bob, /there is no message/, 'messages', 'withdraw', 'f'.repeat(32))
  await refused(bob, /message/, 'messages', 'withdraw', 'that one')
  assert.match((await bob.palabre('history', 'Ada')).out, /never mind {2}\[failed: you took it back\]/)

  const there = ada.start(['listen', '--json'])
  const here = bob.start(['listen', '--json'])
  await there.says('see you at five')
  await here.says('"state":"delivered"')
  await refused(bob, /has left already/, 'messages', 'withdraw', kept.id)
  assert.equal(await texts(ada, 'Bob'), ['we meet', 'see you at five'])
})

test.run()
