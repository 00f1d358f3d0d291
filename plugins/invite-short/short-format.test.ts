import { toHex } from '@palabre/sdk'
import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { limits } from './exchange.ts'
import { isShortLink, readShortLink, shortLink, type ShortInvite } from './short-format.ts'
import { worthTelling } from './worth-telling.ts'

const peer = '12D3KooWSaAyJGjtp4cKuBYbcB8W9N1HFGDqZTN83cTV2m8Tw1vh'
const one: ShortInvite = {
  key: new Uint8Array(32).fill(7),
  id: 'ab'.repeat(16),
  expiresAt: 29_000_000 * 60_000,
  peer,
  addresses: ['/ip4/192.168.178.255/tcp/54321', '/ip4/10.0.0.1/tcp/1', '/ip4/127.0.0.1/tcp/65535'],
}

const bytesOf = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const addresses = fc.oneof(
  fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 65535 })).map(([ip, port]) => `/ip4/${ip}/tcp/${port}`),
  fc.tuple(fc.ipV6(), fc.integer({ min: 1, max: 65535 })).map(([ip, port]) => `/ip6/${ip}/tcp/${port}/ws`),
  fc
    .domain()
    .map((name) => `/dns4/${name}/tcp/443/tls/ws`)
    .filter((said) => said.length <= limits.address),
)
const invites = fc.record(
  {
    key: bytesOf(32),
    id: bytesOf(16).map(toHex),
    expiresAt: fc.integer({ min: 1, max: 2 ** 32 - 1 }).map((minutes) => minutes * 60_000),
    peer: fc.stringMatching(/^[A-Za-z0-9]{40,60}$/),
    addresses: fc.array(addresses, { minLength: 1, maxLength: limits.addresses }),
  },
  { noNullPrototype: true },
)
const seed = Math.trunc(Math.random() * 2 ** 31)
console.log(`seed ${seed}`)

test('it is short enough for a code, with as many addresses as it takes', () => {
  const link = shortLink(one)
  assert.ok(link.length <= 200, `${link.length} characters`)
  assert.equal(readShortLink(link), one)
  assert.ok(isShortLink(` ${link}\n`))
  assert.not(isShortLink('palabre:invite#ARkweKp8'))
})

test('what is written is read again', () => {
  fc.assert(
    fc.property(invites, (invite) => assert.equal(readShortLink(shortLink(invite)), invite)),
    { seed, numRuns: 300 },
  )
})

test('what is cut, lengthened or nonsense is no invite, and never throws', () => {
  const link = shortLink(one)
  for (let length = 10; length < link.length; length++) assert.is(readShortLink(link.slice(0, length)), undefined)
  assert.is(readShortLink(`${link}AAAA`), undefined)
  assert.is(readShortLink(`palabre:i#${'A'.repeat(100_000)}`), undefined)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
      const said = readShortLink(`palabre:i#${Buffer.from(Uint8Array.of(1, ...bytes)).toString('base64url')}`)
      if (said === undefined) return
      assert.ok(said.addresses.length <= limits.addresses && said.addresses.every((address) => !address.includes('/p2p/')))
      assert.match(said.peer, /^[A-Za-z0-9]+$/)
    }),
    { seed, numRuns: 5_000 },
  )
})

test('a changed byte makes another invite or none, never a throw', () => {
  const bytes = Buffer.from(shortLink(one).slice('palabre:i#'.length), 'base64url')
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes)
    changed[at]! ^= 0x41
    assert.not.equal(readShortLink(`palabre:i#${changed.toString('base64url')}`), one)
  }
})

test('what leads here for most people comes first, without roads through others', () => {
  const told = worthTelling([
    `/ip4/127.0.0.1/tcp/1/p2p/${peer}`,
    `/ip6/fe80::1/tcp/2/p2p/${peer}`,
    `/ip4/192.0.2.1/tcp/3/ws/p2p/${peer}`,
    `/ip4/192.0.2.1/tcp/4/p2p/${peer}`,
    `/ip4/192.0.2.9/tcp/5/p2p/12D3Koo/p2p-circuit/p2p/${peer}`,
    `/ip6/2001:db8::1/tcp/6/p2p/${peer}`,
  ])
  assert.equal(told, ['/ip4/192.0.2.1/tcp/4', '/ip6/2001:db8::1/tcp/6', '/ip4/192.0.2.1/tcp/3/ws'])
  assert.equal(worthTelling([]), [])
})

test.run()
