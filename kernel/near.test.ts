import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { nearest } from './near.ts'

test('a letter missing, doubled, wrong or exchanged with its neighbour is near', () => {
  for (const wrong of ['clock-sytem', 'clock-systemm', 'clock-systen', 'clock-sysetm']) {
    assert.equal(nearest(wrong, ['clock-system', 'log-console', 'discovery-kademlia']), ['clock-system'], wrong)
  }
})

test('the nearest comes first, at most three, in alphabetical order when equally near', () => {
  assert.equal(nearest('locke', ['rocks', 'locks', 'clock', 'locket', 'blocked']), ['blocked', 'locket', 'locks'])
})

test('two letters exchanged are one step, not two', () => {
  assert.equal(nearest('abdc', ['abcd', 'ab']), ['abcd', 'ab'])
})

test('a part of a name finds it; a single letter does not', () => {
  assert.equal(nearest('kademlia', ['discovery-kademlia', 'log-console']), ['discovery-kademlia'])
  assert.equal(nearest('x', ['transport-x-far']), [])
})

test('what is like nothing finds nothing, and long nonsense is given up quickly', () => {
  assert.equal(nearest('weather', ['clock-system']), [])
  const begun = performance.now()
  assert.equal(nearest('x'.repeat(100_000), ['clock-system']), [])
  assert.ok(performance.now() - begun < 50)
})

test.run()
