import { multiaddr } from '@multiformats/multiaddr'
import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { meetingAddress, readMeetingAddress } from './meeting-address.ts'

const places = ['/dns/signal.example.org/tcp/443/https', '/ip4/192.0.2.1/tcp/4040/http', '/ip6/2001:db8::1/tcp/4040/http']

test('an address is read as it was told, after everything that the network does to it', () => {
  fc.assert(
    fc.property(fc.constantFrom(...places), fc.uint8Array({ minLength: 32, maxLength: 32 }), (place, secret) => {
      const address = multiaddr(meetingAddress({ place, secret })).toString()
      for (const said of [address, `${address}/p2p/12D3KooWGC6TvWhfapngX6wvJHMYvKpDMXPb3ZnCZ6dMoaMtimQ5`]) {
        const read = readMeetingAddress(said)
        assert.is(read?.place, place)
        assert.equal(read?.secret, secret)
      }
    }),
  )
})

test('what is no such address is none', () => {
  const [place] = places
  const right = meetingAddress({ place: place!, secret: new Uint8Array(32) })
  const wrong = [
    '',
    '/',
    place!,
    `${right}/webrtc`,
    right.slice(0, -1),
    `${right}A`,
    right.replace('palabre-meet', 'x'),
    right.slice(1),
  ]
  for (const said of wrong) assert.is(readMeetingAddress(said), undefined, said)
  // Another spelling of the same secret.
  assert.is(readMeetingAddress(right.slice(0, -1) + 'B'), undefined)
  fc.assert(fc.property(fc.string(), (said) => readMeetingAddress(said) === undefined))
})

test.run()
