import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createTurns } from './turns.ts'

test('what concerns one thing waits for what came before, failures included; others do not', async () => {
  const inTurn = createTurns()
  const order: string[] = []
  const first = Promise.withResolvers<void>()
  const all = [
    inTurn('ada', async () => {
      await first.promise
      order.push('first')
      throw new Error('lost')
    }).catch(() => order.push('told')),
    inTurn('ada', async () => order.push('second')),
    inTurn('bob', async () => order.push('another')),
  ]
  await all[2]
  assert.equal(order, ['another'])
  first.resolve()
  await Promise.all(all)
  assert.equal(order.toSorted(), ['another', 'first', 'second', 'told'])
  assert.ok(order.indexOf('first') < order.indexOf('second'))
})

test.run()
