import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { limits } from './limits.ts'
import { createGrowingWindow } from './window-size.ts'

const { least, most, quick, slow } = limits.window

/** One frame that fills the window is written, and taken so many milliseconds later. */
function start() {
  let now = 0
  let count = 0
  const window = createGrowingWindow({ monotonic: () => now })
  const round = (ms: number, used = window.now) => {
    window.wrote(++count, used)
    now += ms
    window.taken(count)
    return window.now
  }
  return { window, round }
}

test('a fast road is given more and more room, up to the most', () => {
  const { window, round } = start()
  assert.is(window.now, least)
  assert.is(round(quick), 2 * least)
  for (let i = 0; i < 10; i++) round(1)
  assert.is(window.now, most)
})

test('a road that became slow is left with the least, so that nothing waits long behind what is on its way', () => {
  const { round } = start()
  for (let i = 0; i < 10; i++) round(1)
  assert.is(round(slow), most)
  assert.is(round(slow + 1), least)
})

test('what does not fill the window says nothing of the road', () => {
  const { round } = start()
  assert.is(round(1, least / 2 - 1), least)
  assert.is(round(1, least / 2), 2 * least)
})

test('a round is over when its own frame was taken, not one before it', () => {
  const { window } = start()
  window.wrote(3, least)
  window.wrote(4, least)
  window.taken(2)
  assert.is(window.now, least)
  window.taken(3)
  assert.is(window.now, 2 * least)
})

test('another road begins with the least', () => {
  const { window, round } = start()
  round(1)
  window.wrote(2, window.now)
  window.restart()
  window.taken(2)
  assert.is(window.now, least)
})

test.run()
