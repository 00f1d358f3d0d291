import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { RoadLook } from './road-look.ts'
import { observersOf } from './who-sees.ts'

const looks: readonly RoadLook[] = ['lan', 'direct', 'relayed', 'tor', 'up', 'trying', 'mailbox', 'waiting', 'offline', 'unknown']

test('on every road they alone read what is said, and they see our address on none that hides it', () => {
  for (const look of looks)
    for (const { who, words, address } of observersOf(look, 'Awa')) {
      assert.is(words, who.en === 'Awa', look)
      if (who.en === 'Awa') assert.is(address, look === 'lan' || look === 'direct', look)
    }
})

test.run()
