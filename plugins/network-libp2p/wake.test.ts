import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { limits } from './limits.ts'
import { createWakeWatch } from './wake.ts'

test('a leap of either clock is a sleep; a late turn and a clock set back are not', () => {
  let [wall, steady] = [0, 0]
  const watch = createWakeWatch({ now: () => wall, monotonic: () => steady })
  const passes = (onWall: number, onSteady: number) => {
    wall += onWall
    steady += onSteady
    return watch.slept()
  }
  assert.not(passes(limits.mind, limits.mind))
  assert.not(passes(limits.mind + limits.sleep, limits.mind))
  assert.ok(passes(3_600_000, limits.mind))
  assert.not(passes(limits.mind, limits.mind))
  assert.ok(passes(3_600_000, 3_600_000))
  assert.not(passes(-3_600_000, limits.mind))
})

test.run()
