import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { inTurn } from './rounds.ts'

test('the contestants run in turn, each as often as there are rounds', async () => {
  const order: string[] = []
  const contestant = (name: string) => async () => order.push(name)
  assert.equal(await inTurn(2, { ours: contestant('ours'), peer: contestant('peer') }), { ours: [1, 3], peer: [2, 4] })
  assert.equal(order, ['ours', 'peer', 'ours', 'peer'])
})

test.run()
