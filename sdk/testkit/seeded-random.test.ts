import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { freshSeed, seededRandom } from './seeded-random.ts'

const row = (seed: number) => {
  const random = seededRandom(seed)
  return [random.next(), random.below(1000), [...random.bytes(8)], random.pick(['a', 'b', 'c']), random.next()]
}

test('one seed gives one run, another seed another', () => {
  assert.equal(row(7), row(7))
  assert.not.equal(row(7), row(8))
  assert.is(seededRandom(7).seed, 7)
})

test('numbers stay within their limits and use all of them', () => {
  const random = seededRandom(1)
  const seen = new Set<number>()
  for (let i = 0; i < 10_000; i++) {
    const next = random.next()
    assert.ok(next >= 0 && next < 1)
    seen.add(random.below(10))
  }
  assert.equal(
    [...seen].toSorted((a, b) => a - b),
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  )
})

test('seeds nobody fixed differ and give a run that can be had again', () => {
  const [one, other] = [freshSeed(), freshSeed()]
  assert.is.not(one, other)
  assert.equal(row(one), row(one))
})

test.run()
