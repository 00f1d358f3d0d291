import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { fusesWith } from './fuses.ts'
import { fuseChoice } from './words.ts'

test('the fuse that stands is among the choices, wherever it was chosen, in its order', () => {
  assert.is(fusesWith(0), fusesWith(300))
  assert.equal(fusesWith(60).slice(0, 4), [0, 30, 60, 300])
})

test('each choice reads differently', () => {
  for (const language of ['en', 'fr'] as const) {
    const said = fusesWith(0).map((seconds) => fuseChoice(seconds)[language])
    assert.is(new Set(said).size, said.length)
  }
  assert.match(fuseChoice(604_800).fr, /^1\ssemaine$/)
})

test.run()
