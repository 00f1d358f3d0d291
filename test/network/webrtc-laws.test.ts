// slow, limit: 300 s
import { proveAll } from '@palabre/sdk/conformance/law'
import { transportLaws } from '@palabre/sdk/conformance/transport'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { addressOf } from './addresses.ts'
import { inOwnNetwork } from './in-own-network.ts'
import { overRelay } from './over-relay.ts'
import { says, threeOf } from './three.ts'

const road = { transport: 'webrtc', parts: ['transport-webrtc'] }

/** WebRTC speaks from every address of the machine but loopback. */
inOwnNetwork(import.meta.filename, () => {
  // Switched off it leaves its links to the relay where the two met, in place of ending them.
  const laws = transportLaws.filter(({ name }) => !name.startsWith('switched off it takes its links along'))
  assert.is(laws.length, transportLaws.length - 1)
  proveAll(
    test,
    laws,
    overRelay(road, (address) => address.includes('/p2p-circuit/webrtc')),
  )

  test('switched off, its links go on through the relay', async () => {
    await using three = await threeOf(['transport-webrtc'])
    const { anna, boris } = three
    const link = await boris.network.dial(await addressOf(anna.network, (one) => one.includes('/p2p-circuit/webrtc')))
    assert.is(link.path.transport, 'webrtc')
    await says(boris, anna, 1)
    await anna.disable('transport-webrtc')
    await says(boris, anna, 2)
    await says(anna, boris, 3)
    assert.equal([link.state, link.path.transport], ['up', 'relay'])
  })
})
