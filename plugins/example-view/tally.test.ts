import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createTally } from './tally.ts'
import { counted } from './words.ts'

test('it counts, tells who watches, and stops telling', () => {
  const tally = createTally()
  let told = 0
  {
    using _watching = tally.watch(() => (told += 1))
    tally.count()
  }
  tally.count()
  assert.equal([tally.now, told], [2, 1])
  assert.is(counted(2).fr, '2 comptés')
})

test.run()
