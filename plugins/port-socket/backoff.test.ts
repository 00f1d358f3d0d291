import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { backoff } from './backoff.ts'

test('waits double up to a limit', () => {
  assert.equal(
    [1, 2, 3, 4, 5, 6, 7, 8, 50, 5000].map((failures) => backoff(failures, 1)),
    [250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000, 10_000],
  )
})

test('waits are spread over the second half', () => {
  assert.equal(
    [0, 0.5, 1].map((random) => backoff(4, random)),
    [1000, 1500, 2000],
  )
})

test.run()
