import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { hopsOf, inOrder, orderOf, roadOf } from './road.ts'
import type { Connection } from '@libp2p/interface'
import type { Transport } from '@palabre/sdk/contract/transport'

const transport = (makes: Transport['makes'], rank = 20): Transport => ({
  name: 'test',
  makes,
  rank,
  listen: [],
  create: () => undefined as never,
})
const kindOf = (address: string, makes: Transport['makes'] = 'direct') =>
  roadOf({ remoteAddr: { toString: () => address } } as Connection, transport(makes)).path.kind

test('what is near is local: this machine, private and link-local addresses, also in their IPv6 forms', () => {
  const near = [
    '/ip4/127.0.0.1/tcp/1',
    '/ip4/10.1.2.3/tcp/1',
    '/ip4/172.16.0.1/tcp/1',
    '/ip4/172.31.255.255/tcp/1',
    '/ip4/192.168.1.1/udp/1/quic-v1',
    '/ip4/169.254.1.1/tcp/1',
    '/ip6/::1/tcp/1',
    '/ip6/fd00::1/tcp/1',
    '/ip6/fe80::1/tcp/1',
    '/ip6/::ffff:192.168.1.1/tcp/1',
    '/memory/x',
    '/dns4/printer.local/tcp/1',
  ]
  const far = [
    '/ip4/172.32.0.1/tcp/1',
    '/ip4/11.0.0.1/tcp/1',
    '/ip4/192.169.0.1/tcp/1',
    '/ip6/2001:db8::1/tcp/1',
    '/ip6/::ffff:1.2.3.4/tcp/1',
    '/dns4/example.org/tcp/1',
  ]
  for (const address of near) assert.is(kindOf(address), 'lan', address)
  for (const address of far) assert.is(kindOf(address), 'direct', address)
})

test('a channel goes by its name alone', () => {
  const channelOf = (encryption?: string) =>
    roadOf({ remoteAddr: { toString: () => '/memory/x' }, encryption } as Connection, undefined).path.channel
  assert.equal(['/noise', '/tls/1.0.0', 'native', undefined].map(channelOf), ['noise', 'tls', 'native', 'unknown'])
})

test('a relay next door does not make its guest near', () => {
  assert.is(kindOf('/ip4/192.168.1.1/tcp/1/p2p/12D3KooW/p2p-circuit', 'relayed'), 'relayed')
})

test('near before far, ours before others’, then by rank', () => {
  const order = [
    orderOf('/ip4/10.0.0.1/tcp/1', transport('direct', 90)),
    orderOf('/ip4/1.2.3.4/tcp/1', transport('direct', 10)),
    orderOf('/ip4/1.2.3.4/tcp/1', transport('direct', 20)),
    orderOf('/ip4/10.0.0.1/tcp/1/p2p-circuit', transport('relayed', 1)),
    orderOf('/onion3/x:1', transport('tor', 1)),
  ]
  assert.equal(
    order,
    order.toSorted((a, b) => a - b),
  )
  assert.is(new Set(order).size, order.length)
})

test('who passes on what we send is read from the address, as far as it tells', () => {
  assert.equal(hopsOf('/ip4/192.0.2.1/tcp/1/p2p/R'), [])
  assert.equal(hopsOf('/ip4/192.0.2.1/tcp/1/p2p/R/p2p-circuit/p2p/P'), [{ peer: 'R', address: '/ip4/192.0.2.1/tcp/1' }])
  assert.equal(hopsOf('/p2p/R/p2p-circuit/p2p/P'), [{ peer: 'R', address: '' }])
  assert.equal(hopsOf('/p2p-circuit/p2p/P'), [])
})

test('what worked last stands first, its like next, and then the better ones', () => {
  const roads = [
    { address: 'relay-2', order: 2_060 },
    { address: 'lan', order: 20 },
    { address: 'relay-1', order: 2_060 },
    { address: 'far', order: 1_020 },
  ]
  assert.equal(inOrder(roads, undefined), ['lan', 'far', 'relay-2', 'relay-1'])
  assert.equal(inOrder(roads, 'relay-1'), ['relay-1', 'relay-2', 'lan', 'far'])
  assert.equal(inOrder(roads, 'forgotten'), ['lan', 'far', 'relay-2', 'relay-1'])
})

test.run()
