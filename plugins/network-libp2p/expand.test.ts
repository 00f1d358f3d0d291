import { isPalabreError } from '@palabre/sdk'
import type { Names } from '@palabre/sdk/contract/resolver'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { expand } from './expand.ts'
import { limits } from './limits.ts'
import { createNames } from './names.ts'

const peer = '12D3KooWSu6zKNKbsm28CNH9KwrjVvccRGDUYnWgu3fTjAGgAVRS'
const none = new AbortController().signal

/** A zone on paper. */
function zone(records: Record<string, readonly string[]>) {
  const asked: string[] = []
  const names: Names = {
    async addresses(host, { family } = {}) {
      asked.push(`${host} ${family ?? ''}`.trim())
      const all = (records[host] ?? []).map((address) => ({ address, family: address.includes(':') ? (6 as const) : (4 as const) }))
      return all.filter((one) => family === undefined || one.family === family)
    },
    async texts(name) {
      asked.push(name)
      return records[name] ?? []
    },
  }
  return { asked, expand: (address: string, whom?: string) => expand(address, whom, names, none) }
}

test('names become addresses of the family they ask for', async () => {
  const { expand } = zone({ 'a.test': ['192.0.2.1', '2001:db8::1'] })
  assert.equal(await expand('/dns4/a.test/tcp/1'), ['/ip4/192.0.2.1/tcp/1'])
  assert.equal(await expand('/dns6/a.test/udp/1/quic-v1'), ['/ip6/2001:db8::1/udp/1/quic-v1'])
  assert.equal(await expand('/dns/a.test/tcp/1/ws'), ['/ip4/192.0.2.1/tcp/1/ws', '/ip6/2001:db8::1/tcp/1/ws'])
  assert.equal(await expand('/ip4/192.0.2.9/tcp/1'), ['/ip4/192.0.2.9/tcp/1'])
})

test('where a certificate must match, the name stays', async () => {
  const { asked, expand } = zone({})
  assert.equal(await expand('/dns4/a.test/tcp/443/tls/ws'), ['/dns4/a.test/tcp/443/tls/ws'])
  assert.equal(await expand('/dns4/a.test/tcp/443/wss'), ['/dns4/a.test/tcp/443/wss'])
  assert.equal(asked, [])
})

test('a list leads on to others, to those of the peer that is wanted, and not in circles', async () => {
  const { expand } = zone({
    '_dnsaddr.seed.test': [`dnsaddr=/dns4/a.test/tcp/1/p2p/${peer}`, 'dnsaddr=/ip4/192.0.2.7/tcp/1', 'spf'],
    'a.test': ['192.0.2.1'],
    '_dnsaddr.round.test': ['dnsaddr=/dnsaddr/round.test'],
  })
  assert.equal(await expand('/dnsaddr/seed.test'), [`/ip4/192.0.2.1/tcp/1/p2p/${peer}`, '/ip4/192.0.2.7/tcp/1'])
  assert.equal(await expand('/dnsaddr/seed.test', peer), ['/ip4/192.0.2.1/tcp/1'])
  for (const lost of ['/dnsaddr/round.test', '/dnsaddr/nothing.test', '/dns4/nothing.test/tcp/1']) {
    const error = await expand(lost).catch((thrown: unknown) => thrown)
    assert.ok(isPalabreError(error) && error.code === 'peer-unknown', lost)
  }
})

test('a name with a thousand addresses gives no more than a peer may have', async () => {
  const { expand } = zone({ 'many.test': Array.from({ length: 1_000 }, (_, i) => `10.0.${i >> 8}.${i & 255}`) })
  assert.is((await expand('/dns4/many.test/tcp/1')).length, limits.addressesPerPeer)
})

test('resolvers are asked by rank, the next when one fails, none when there is nothing to know', async () => {
  const desk = createNames()
  const asked: string[] = []
  const resolver = (name: string, rank: number, answer: () => Promise<readonly string[]>) => ({
    name,
    rank,
    addresses: async () => [],
    texts: () => {
      asked.push(name)
      return answer()
    },
  })
  const failing = desk.add(resolver('first', 1, () => Promise.reject(new Error('down'))))
  desk.add(resolver('second', 2, async () => ['told']))
  assert.equal(await desk.names.texts('x.test'), ['told'])
  assert.equal(asked, ['first', 'second'])
  failing()
  await desk.names.texts('x.test')
  assert.equal(asked, ['first', 'second', 'second'])
  const knowing = Object.assign(new (await import('@palabre/sdk')).PalabreError('peer-unknown', { en: 'no', fr: 'non' }))
  desk.add(resolver('knows', 0, () => Promise.reject(knowing)))
  assert.is(await desk.names.texts('x.test').catch((error: unknown) => error), knowing)
})

test('addresses and this machine’s own name need no resolver; anything else does', async () => {
  const { names } = createNames()
  assert.equal(await names.addresses('192.0.2.1'), [{ address: '192.0.2.1', family: 4 }])
  assert.equal(await names.addresses('::1'), [{ address: '::1', family: 6 }])
  assert.equal(await names.addresses('LocalHost', { family: 6 }), [{ address: '::1', family: 6 }])
  const error = await names.addresses('localhost.example').catch((thrown: unknown) => thrown)
  assert.ok(isPalabreError(error) && error.code === 'switched-off')
})

test.run()
