import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { freezeObjectPrototype } from './freeze-prototype.ts'

freezeObjectPrototype()
freezeObjectPrototype()
const shared = Object.prototype as unknown as Record<string, unknown>

test('nobody changes what every object inherits', () => {
  const before = shared['toString']
  assert.throws(() => {
    shared['polluted'] = true
  }, /not extensible/)
  assert.throws(() => {
    shared['toString'] = () => 'ours'
  }, /frozen/)
  assert.throws(() => Object.defineProperty(shared, 'toString', { value: before }), /Cannot redefine/)
  assert.is(shared['toString'], before)
  assert.is(({} as Record<string, unknown>)['polluted'], undefined)
})

test('an object may be given a toString of its own, and it stays there', () => {
  const one: Record<string, unknown> & { toString(): string } = {}
  one['toString'] = () => 'mine'
  assert.is(one.toString(), 'mine')
  assert.is(Object.prototype.toString.call([]), '[object Array]')
})

test.run()
