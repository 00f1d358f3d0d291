import * as assert from 'uvu/assert'
import type { Greeter } from '../contract/greeter.ts'
import { lawWith, type Law } from './law.ts'

export const greeterLaws: readonly Law<Greeter>[] = [
  lawWith('greets by name', async (greeter) => {
    assert.match(greeter.greet('Awa'), 'Awa')
  }),
  lawWith('is never empty, whatever the name', async (greeter) => {
    for (const name of ['', ' ', '\u0000', '<b>', 'é'.repeat(1000)])
      assert.ok(greeter.greet(name).trim().length > 0, JSON.stringify(name))
  }),
]
