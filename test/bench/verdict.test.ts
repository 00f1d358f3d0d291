import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Row } from './job.ts'
import { judge } from './verdict.ts'

const row: Row = { what: 'it', unit: 'ms', ours: [1, 30, 3], peer: { name: 'peer', took: [1, 10, 2] } }

test('ours and the peer are medians; the ratio and the difference are taken round by round', () => {
  assert.equal(judge(row), { ours: 3, peer: 2, ratio: 1.5 })
  assert.is(judge({ ...row, aim: { of: 'more', atMost: 1 } }).met, true)
  assert.is(judge({ ...row, aim: { of: 'more', atMost: 0.9 } }).met, false)
})

test('an aim is met when what it speaks of is no larger', () => {
  assert.is(judge({ ...row, aim: { of: 'ratio', atMost: 1.5 } }).met, true)
  assert.is(judge({ ...row, aim: { of: 'ratio', atMost: 1.49 } }).met, false)
  assert.is(judge({ ...row, aim: { of: 'ours', atMost: 3 } }).met, true)
  assert.is(judge({ ...row, aim: { of: 'ours', atMost: 2.9 } }).met, false)
})

test('without an aim nothing is met or missed; without a peer there is no ratio', () => {
  assert.equal(judge({ what: 'it', unit: 'ms', ours: [2, 4] }), { ours: 3 })
})

test('a row that cannot be judged throws', () => {
  assert.throws(() => judge({ ...row, ours: [] }), 'nothing was measured')
  assert.throws(() => judge({ ...row, ours: [1] }), '1 rounds of ours and 3 of the peer')
  assert.throws(() => judge({ what: 'it', unit: 'ms', ours: [1], aim: { of: 'ratio', atMost: 1 } }), 'needs a peer')
})

test.run()
