import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { foundCount, noticeText, stateText } from './words.ts'

test('what the program says in a conversation is a sentence in both languages', () => {
  assert.is(noticeText('gap/1').en, 'A message is missing here')
  assert.is(noticeText('gap/3').fr, 'Il manque ici 3 messages')
  assert.is(noticeText('fuse-on-by-me/60000').fr, 'Les nouveaux messages disparaissent 1 minute après lecture')
  assert.is(noticeText('fuse-on-by-them/7200000').en, 'New messages disappear 2 hours after they were read')
  assert.is(noticeText('of-a-later-version').en, 'of-a-later-version')
})

test('how many mailboxes keep a message is said once there are several', () => {
  assert.is(stateText({ state: 'stored', copies: 1 }).en, 'in a mailbox')
  assert.is(stateText({ state: 'stored', copies: 3 }).fr, 'dans 3 boîtes aux lettres')
  assert.is(stateText({ state: 'delivered', copies: 3 }).en, 'delivered')
})

test('what was found is counted', () => {
  assert.is(foundCount(1).en, '1 message found')
  assert.is(foundCount(4).fr, '4 messages trouvés')
})

test.run()
