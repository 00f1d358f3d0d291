import { multiaddr } from '@multiformats/multiaddr'
import { fakeClock } from '@palabre/sdk/testkit'
import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { decodeEvent, encodeEvent, topic } from './event.ts'
import { createHearing } from './hearing.ts'
import { limits } from './limits.ts'

const room = limits.event - limits.envelope - topic.length
const here = multiaddr('/ip4/192.0.2.1/tcp/4001')
const now = fakeClock().now()

test('an event is what it was', () => {
  const addresses = [
    '/ip4/192.0.2.1/tcp/4001',
    '/ip6/2001:db8::1/udp/4001/quic-v1',
    '/dns4/relay.example/tcp/443/wss',
    '/memory/there',
  ]
  const bytes = encodeEvent(
    { time: now + 400, asks: true },
    addresses.map((one) => multiaddr(one)),
  )
  assert.equal(decodeEvent(bytes), { time: now, asks: true, addresses })
})

test('what has no room is left out, and the rest stays', () => {
  const many = Array.from({ length: 50 }, (_, index) => multiaddr(`/ip4/192.0.2.${index}/tcp/4001`))
  const long = multiaddr(`/dns4/${'x'.repeat(200)}.example/tcp/1`)
  const bytes = encodeEvent({ time: now, asks: false }, [long, ...many])
  assert.ok(bytes.length <= room)
  assert.is(decodeEvent(bytes)!.addresses.length, Math.floor((room - 5) / 9))
})

test('anything else is refused: too short, too long, cut, an address that is none, or that ends in a peer', () => {
  const good = encodeEvent({ time: now, asks: false }, [here])
  for (let length = 0; length < good.length; length++) assert.is(decodeEvent(good.subarray(0, length)), undefined, `${length}`)
  assert.is(decodeEvent(Uint8Array.from([...good, 0])), undefined)
  assert.is(decodeEvent(Uint8Array.from([...good, ...good.subarray(5, -1)])), undefined)
  assert.is(decodeEvent(new Uint8Array(room + 1)), undefined)
  assert.is(decodeEvent(new TextEncoder().encode('hello, all of you')), undefined)
  for (const nowhere of ['/ip4/192.0.2.1', '/dns4/relay.example'])
    assert.is(decodeEvent(encodeEvent({ time: now, asks: false }, [multiaddr(nowhere)])), undefined)
  const named = multiaddr('/ip4/192.0.2.1/tcp/1/p2p/12D3KooWHHzSeKaY8xuZVzkLbKFfvNgPPeKhFBGrMbNzbm5akpqu')
  assert.is(decodeEvent(encodeEvent({ time: now, asks: false }, [named])), undefined)
})

test('no bytes make it throw, and what it takes it could have said', () => {
  const seeded = { seed: Date.now() & 0x7fffffff, numRuns: 5_000 }
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: room + 2 }),
    fc.tuple(fc.nat(20), fc.nat(255)).map(([at, value]) => {
      const changed = encodeEvent({ time: now, asks: false }, [here, multiaddr('/ip6/::1/tcp/1')]).slice()
      changed[at] = value
      return changed
    }),
  )
  fc.assert(
    fc.property(bytes, (given) => {
      const event = decodeEvent(given)
      if (event === undefined) return
      const again = encodeEvent(
        event,
        event.addresses.map((one) => multiaddr(one)),
      )
      assert.equal([...again], [...given])
    }),
    seeded,
  )
})

test('an event of ten minutes ago is old, one that was said before is not news, and neither is passed on', async () => {
  const clock = fakeClock()
  const hearing = createHearing(clock)
  const at = (ms: number) => encodeEvent({ time: clock.now() + ms, asks: false }, [here])
  assert.is(hearing.hear('n', 'a', at(-limits.expiry - 1_000)), 'ignore')
  assert.is(hearing.hear('n', 'a', at(limits.expiry + 1_000)), 'ignore')
  const event = at(0)
  assert.equal(hearing.hear('n', 'a', event), { time: clock.now(), asks: false, addresses: ['/ip4/192.0.2.1/tcp/4001'] })
  assert.is(hearing.hear('other', 'a', event), 'ignore')
  assert.is(hearing.hear('n', 'a', at(-1_000)), 'ignore')
  assert.type(hearing.hear('n', 'a', at(1_000)), 'object')
  assert.type(hearing.hear('n', 'b', at(0)), 'object')
  assert.is(hearing.hear('n', 'a', new Uint8Array(9)), 'refuse')
})

test('a neighbour is heard ten times a second, and a hundred times at once, and the others are heard meanwhile', async () => {
  const clock = fakeClock()
  const hearing = createHearing(clock)
  const event = encodeEvent({ time: clock.now(), asks: false }, [here])
  const heard = (neighbour: string, many: number) =>
    Array.from({ length: many }, (_, index) => hearing.hear(neighbour, `${neighbour}${clock.now()}${index}`, event)).filter(
      (one) => one !== 'ignore',
    ).length
  assert.is(heard('loud', 200), limits.burst)
  assert.is(heard('quiet', 5), 5)
  await clock.advance(500)
  assert.is(heard('loud', 100), 5)
})

test.run()
