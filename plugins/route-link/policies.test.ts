import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createPolicies } from './policies.ts'

/** A network that notes from whom it hides us. */
function paperNetwork() {
  const hidden: string[] = []
  const hideFrom = (peer: string) => {
    hidden.push(peer)
    return { [Symbol.dispose]: () => void hidden.splice(hidden.indexOf(peer), 1) }
  }
  return { hidden, hideFrom }
}

test('we are hidden from the node of whoever must not see us, and from no other', () => {
  const network = paperNetwork()
  const policies = createPolicies(network)
  policies.set('ada', 'relayed-only', 'A')
  policies.set('bob', 'direct-only', 'B')
  assert.equal(network.hidden, ['A'])
  assert.equal([policies.of('ada'), policies.of('bob'), policies.of('carla')], ['relayed-only', 'direct-only', 'direct-allowed'])
  policies.set('ada', 'direct-allowed', 'A')
  assert.equal(network.hidden, [])
})

test('who moves to another node is followed there, also when the node was not known at first', () => {
  const network = paperNetwork()
  const policies = createPolicies(network)
  policies.set('ada', 'relayed-only', undefined)
  assert.equal(network.hidden, [])
  policies.moved('ada', 'A')
  policies.moved('bob', 'B')
  assert.equal(network.hidden, ['A'])
  policies.moved('ada', 'A2')
  assert.equal(network.hidden, ['A2'])
  policies[Symbol.dispose]()
  assert.equal(network.hidden, [])
})

test.run()
