import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { addressOf } from './addresses.ts'
import { startNode } from './test-node.ts'

const startRelay = (config: object = {}) => startNode(['relay-circuit'], { 'relay-circuit': config })

test('two who cannot dial each other talk through a relay', async () => {
  await using relay = await startRelay()
  const [at = ''] = relay.network.addresses()
  await using anna = await startNode(['transport-relay'], { 'transport-relay': { relays: [at] }, 'transport-tcp': { listen: [] } })
  await using boris = await startNode(['transport-relay'], { 'transport-tcp': { listen: [] } })
  const address = await addressOf(anna.network, (one) => one.includes('/p2p-circuit'))
  const link = await boris.network.dial(address)
  assert.is(link.path.kind, 'relayed')
  assert.is(link.path.transport, 'relay')
  await link.send(Uint8Array.of(1, 2, 3))
  const theirs = anna.network.links().find(({ peer }) => peer === boris.network.self)!
  for await (const frame of theirs.frames) {
    assert.equal(frame, Uint8Array.of(1, 2, 3))
    break
  }
  assert.is(theirs.path.kind, 'relayed')
  console.log('MEASURED rtt', await link.rtt())
})

test('webrtc', async () => {
  await using relay = await startRelay()
  const [at = ''] = relay.network.addresses()
  const config = { 'transport-relay': { relays: [at] }, 'transport-tcp': { listen: [] } }
  await using anna = await startNode(['transport-relay', 'transport-webrtc'], config)
  await using boris = await startNode(['transport-relay', 'transport-webrtc'], { 'transport-tcp': { listen: [] } })
  const address = await addressOf(anna.network, (one) => one.includes('/p2p-circuit/webrtc'))
  console.log(anna.network.addresses())
  const link = await boris.network.dial(address)
  console.log(link.path, anna.network.links()[0]!.path)
  console.log('MEASURED rtt', await link.rtt())
})

test.run()
