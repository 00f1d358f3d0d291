// slow
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { answered, linkOf, newTalker, texts } from './two-talkers.ts'

test('two who accept each other’s invite and write before either has heard of the other settle on one conversation', async () => {
  await using ada = newTalker()
  await using bob = newTalker()
  const [ofAda, ofBob] = [await linkOf(ada), await linkOf(bob)]
  await answered(ada, 'invite', 'accept', ofBob, '--name', 'Bob')
  await answered(bob, 'invite', 'accept', ofAda, '--name', 'Ada')
  await answered(ada, 'send', '--to', 'Bob', '--message', 'me first', '--seconds', '0')
  await answered(bob, 'send', '--to', 'Ada', '--message', 'no, me', '--seconds', '0')

  const listening = [ada.start(['listen', '--json']), bob.start(['listen', '--json'])]
  await Promise.all([listening[0]!.says('no, me'), listening[1]!.says('me first')])
  await answered(ada, 'send', '--to', 'Bob', '--message', 'you, then', '--wait', 'delivered', '--seconds', '60')
  await answered(bob, 'send', '--to', 'Ada', '--message', 'both', '--wait', 'delivered', '--seconds', '60')
  // Nothing was begun anew: no notice stands between.
  assert.equal((await texts(ada, 'Bob')).toSorted(), ['both', 'me first', 'no, me', 'you, then'])
  assert.equal((await texts(bob, 'Ada')).toSorted(), ['both', 'me first', 'no, me', 'you, then'])
})

test.run()
