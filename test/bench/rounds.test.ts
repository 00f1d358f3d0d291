import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { inTurn } from './rounds.ts'

test('in each round every contestant has its turn, and they do not always follow the same other', async () => {
  const order: string[] = []
  const contestant = (name: string) => () => order.push(name)
  const names = ['a', 'b', 'c'] as const
  const took = await inTurn(20, { a: contestant('a'), b: contestant('b'), c: contestant('c') })
  const rounds = Array.from({ length: 20 }, (_, i) => order.slice(3 * i, 3 * i + 3))
  for (const round of rounds) assert.equal(round.toSorted(), names)
  for (const name of names)
    assert.equal(
      took[name],
      rounds.map((round, i) => 3 * i + round.indexOf(name) + 1),
    )
  assert.is(new Set(rounds.map((round) => round.join(''))).size, 6)
})

test.run()
