import { addressesAllowed } from '@palabre/sdk/contract/route'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { permits } from './permits.ts'

test('with relayed-only no road is left on which they would see our address', () => {
  const roads = [
    '/ip4/1.2.3.4/tcp/1',
    '/ip4/1.2.3.4/tcp/1/p2p/R/p2p-circuit',
    '/ip4/1.2.3.4/tcp/1/p2p/R/p2p-circuit/webrtc',
    '/ip4/1.2.3.4/udp/1/quic-v1',
    '/dns4/p2p-circuit.example/tcp/1',
  ]
  assert.equal(addressesAllowed(roads, 'relayed-only'), [roads[1]])
  assert.equal(addressesAllowed(roads, 'direct-allowed'), roads)
})

test('what is said goes by those links alone that the policy permits', () => {
  const kinds = ['direct', 'lan', 'relayed', 'tor'] as const
  const by = (policy: Parameters<typeof permits>[0]) => kinds.filter((kind) => permits(policy, kind))
  assert.equal(by('direct-allowed'), [...kinds])
  assert.equal(by('relayed-only'), ['relayed', 'tor'])
  assert.equal(by('direct-only'), ['direct', 'lan'])
})

test.run()
