import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { actOfKey, canDo } from './message-acts.ts'
import { testMessage } from './message-for-tests.ts'

const press = (key: string, more: object = {}) => ({ key, ctrlKey: false, altKey: false, metaKey: false, ...more })
const mine = testMessage(1, { mine: true, state: 'delivered' })
const failed = testMessage(2, { mine: true, state: 'failed' })

test('a key does what the message can', () => {
  assert.is(actOfKey(press('r'), testMessage(1)), 'reply')
  assert.is(actOfKey(press('e'), testMessage(1)), undefined)
  assert.is(actOfKey(press('E'), mine), 'edit')
  assert.is(actOfKey(press('Delete'), mine), 'remove')
  assert.is(actOfKey(press('s'), mine), undefined)
  assert.is(actOfKey(press('s'), failed), 'again')
  assert.is(actOfKey(press('ArrowUp'), mine), undefined)
})

test('with a modifier it is the browser’s', () => {
  assert.is(actOfKey(press('c', { ctrlKey: true }), mine), undefined)
  assert.is(actOfKey(press('c', { metaKey: true }), mine), undefined)
})

test('what failed can be sent again or forgotten, what waits tried or taken back, nothing else', () => {
  const acts = ['again', 'forget', 'retry', 'withdraw', 'edit'] as const
  const able = (state: 'queued' | 'stored' | 'delivered' | 'failed') =>
    acts.filter((act) => canDo(act, testMessage(3, { mine: true, state })))
  assert.equal(able('failed'), ['again', 'forget'])
  assert.equal(able('queued'), ['retry', 'withdraw', 'edit'])
  assert.equal(able('stored'), ['retry', 'withdraw', 'edit'])
  assert.equal(able('delivered'), ['edit'])
  assert.is(canDo('again', testMessage(3, { mine: true, state: 'failed', deletedAt: 1 })), false)
})

test.run()
