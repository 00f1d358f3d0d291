import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { dependentCounts, syntheticSet } from './synthetic-plugins.ts'

test('each plugin needs one to three of the earlier ones, and the seed gives the same set again', () => {
  const { needs, order } = syntheticSet('graph', 200, 7)
  for (const [i, providers] of needs.entries()) {
    assert.ok(i === 0 ? providers.length === 0 : providers.length >= 1 && providers.length <= 3)
    assert.ok(providers.every((provider) => provider < i))
    assert.is(new Set(providers).size, providers.length)
  }
  assert.equal(order, [...needs.keys()])
  assert.equal(syntheticSet('graph', 200, 7).needs, needs)
  assert.not.equal(syntheticSet('graph', 200, 8).needs, needs)
})

test('a shuffled set is the same set in another order', () => {
  const shuffled = syntheticSet('graph, shuffled', 200, 7)
  assert.equal(shuffled.needs, syntheticSet('graph', 200, 7).needs)
  assert.not.equal(shuffled.order, [...shuffled.order.keys()])
  assert.equal(
    shuffled.order.toSorted((a, b) => a - b),
    [...shuffled.order.keys()],
  )
})

test('dependents are counted once, directly or through others', () => {
  assert.equal(dependentCounts(syntheticSet('chain', 4, 1)), [3, 2, 1, 0])
  assert.equal(dependentCounts(syntheticSet('wide', 4, 1)), [3, 0, 0, 0])
  assert.equal(dependentCounts({ needs: [[], [0], [0], [1, 2]], order: [0, 1, 2, 3] }), [3, 1, 1, 0])
})

test.run()
