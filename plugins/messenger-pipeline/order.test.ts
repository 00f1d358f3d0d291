import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { limits } from './limits.ts'
import { moveOn, turnOf } from './order.ts'

test('a numbering that is new begins at zero', () => {
  assert.is(turnOf([], 5, 0), 'now')
  assert.is(turnOf([{ epoch: 4, next: 9 }], 5, 1), 'ahead')
})

test('below what is waited for is past, above is ahead', () => {
  const heard = [{ epoch: 5, next: 3 }]
  assert.equal(
    [2, 3, 4].map((number) => turnOf(heard, 5, number)),
    ['past', 'now', 'ahead'],
  )
})

test('the numbering that moved is the newest, the oldest is forgotten, none stands twice', () => {
  let heard = moveOn([], 1, 1)
  for (let epoch = 2; epoch <= limits.epochs + 1; epoch++) heard = moveOn(heard, epoch, 1)
  assert.is(heard.length, limits.epochs)
  assert.not.ok(heard.some(({ epoch }) => epoch === 1))
  heard = moveOn(heard, 2, 8)
  assert.equal(heard[0], { epoch: 2, next: 8 })
  assert.is(heard.filter(({ epoch }) => epoch === 2).length, 1)
})

test.run()
