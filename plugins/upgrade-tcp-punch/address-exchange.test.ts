import { multiaddr } from '@multiformats/multiaddr'
import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { addressOf } from './address-exchange.ts'

const told = (address: string) => addressOf(multiaddr(address).bytes)

test('an address that an outgoing connection may have is taken as it is', () => {
  for (const address of ['/ip4/203.0.113.7/tcp/40001', '/ip4/192.168.1.5/tcp/1024', '/ip6/2001:db8::7/tcp/65535']) {
    assert.is(told(address), address)
  }
})

test('what nobody dials from is refused: services, this machine, everybody, other kinds of address', () => {
  const refused = [
    '/ip4/203.0.113.7/tcp/22',
    '/ip4/127.0.0.1/tcp/40001',
    '/ip4/0.0.0.0/tcp/40001',
    '/ip4/224.0.0.1/tcp/40001',
    '/ip6/::1/tcp/40001',
    '/ip6/::ffff:127.0.0.1/tcp/40001',
    '/ip6/::ffff:7f00:1/tcp/40001',
    '/ip6/ff02::1/tcp/40001',
    '/ip4/203.0.113.7/udp/40001',
    '/dns4/example.org/tcp/40001',
    '/ip4/203.0.113.7/tcp/40001/ws',
  ]
  for (const address of refused) assert.throws(() => told(address), /./, address)
})

test('bytes that are no address are refused, whatever they are', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 32 }), (bytes) => {
      try {
        assert.match(addressOf(bytes), /^\/ip[46]\/[^/]+\/tcp\/\d+$/)
      } catch (error) {
        assert.instance(error, Error)
      }
    }),
  )
})

test.run()
