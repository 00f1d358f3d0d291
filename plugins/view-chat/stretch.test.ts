import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { testMessage } from './message-for-tests.ts'
import { joinNewer, joinOlder, pageSize, stretchOf, take, without } from './stretch.ts'

const pageFrom = (first: number, count = pageSize) => Array.from({ length: count }, (_, index) => testMessage(first + index))

test('reading back and forth in a long conversation holds a bounded part of it', () => {
  let stretch = stretchOf(pageFrom(9_941), false, true)
  for (let turn = 0; turn < 20; turn++) {
    const older = pageFrom(stretch.messages[0]!.place - pageSize)
    stretch = joinOlder(stretch, stretchOf(older, false, false))
    assert.ok(stretch.messages.length <= 160)
  }
  assert.not(stretch.hasEnd)
  assert.is(stretch.messages[0]!.place, 9_941 - 20 * pageSize)
  for (let turn = 0; turn < 20; turn++) {
    const newer = pageFrom(stretch.messages.at(-1)!.place + 1)
    stretch = joinNewer(stretch, stretchOf(newer, false, false))
  }
  assert.is(stretch.messages.length, 160)
  assert.not(stretch.hasStart)
  assert.ok(stretch.messages.every(({ place }, index, all) => index === 0 || place === all[index - 1]!.place + 1))
})

test('what comes joins the end, unless the end is not held; what changes is replaced', () => {
  const stretch = stretchOf(pageFrom(1, 3), true, true)
  assert.is(take(stretch, testMessage(4)).messages.length, 4)
  assert.is(take(take(stretch, testMessage(4)), testMessage(4)).messages.length, 4)
  assert.is(take(stretch, testMessage(2, { text: 'changed' })).messages[1]!.text, 'changed')
  assert.is(take({ ...stretch, hasEnd: false }, testMessage(4)).messages.length, 3)
  assert.is(without(stretch, testMessage(2).id).messages.length, 2)
})

test.run()
