import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { foundCount, noticeText } from './words.ts'

test('what the program says in a conversation is a sentence in both languages', () => {
  assert.is(noticeText('gap/1').en, 'A message is missing here')
  assert.is(noticeText('gap/3').fr, 'Il manque ici 3 messages')
  assert.is(noticeText('fuse-on-by-me/60000').fr, 'Les nouveaux messages disparaissent 1 minute après lecture')
  assert.is(noticeText('fuse-on-by-them/7200000').en, 'New messages disappear 2 hours after they were read')
  assert.is(noticeText('of-a-later-version').en, 'of-a-later-version')
})

test('what was found is counted', () => {
  assert.is(foundCount(1).en, '1 message found')
  assert.is(foundCount(4).fr, '4 messages trouvés')
})

test.run()
