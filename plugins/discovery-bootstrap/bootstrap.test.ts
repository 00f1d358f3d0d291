import { text, PalabreError } from '@palabre/sdk'
import { discoveryLaws } from '@palabre/sdk/conformance/discovery'
import { proveAll } from '@palabre/sdk/conformance/law'
import { Discovery } from '@palabre/sdk/contract/discovery'
import type { Log } from '@palabre/sdk/contract/log'
import { Resolver } from '@palabre/sdk/contract/resolver'
import { definePlugin } from '@palabre/sdk'
import { fakeClock, testSeed, seededRandom, startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { bootstrap } from './bootstrap.ts'
import { seedNodes } from './seeds.ts'

const self = '12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SA'
const peer = '12D3KooWHHzSeKaY8xuZVzkLbKFfvNgPPeKhFBGrMbNzbm5akpqu'
const other = '12D3KooWJRSrypvnpHgc6ZAgyCni4KcSmbV7uGRaMw5LgMKT18fq'
const full = (address: string, id = peer) => `${address}/p2p/${id}`
const node = { self, addresses: () => [], components: {} }

/** What names list, as a resolver tells it; an unlisted one does not exist. */
function zone(records: Record<string, readonly string[]>) {
  const asked: string[] = []
  const resolver: Resolver = {
    name: 'zone',
    rank: 1,
    addresses: () => Promise.resolve([]),
    async texts(name) {
      asked.push(name)
      const all = records[name]
      if (all === undefined) throw new PalabreError('peer-unknown', text(`no ${name}`, `pas de ${name}`))
      return all
    },
  }
  return { asked, resolver }
}

function logTo(lines: string[]): Log {
  const say = (line: string) => void lines.push(line)
  return { debug: say, info: say, warn: say, error: say } as unknown as Log
}

proveAll(test, discoveryLaws, async () => {
  const clock = fakeClock()
  const records: Record<string, readonly string[]> = { '_dnsaddr.seed.example': [] }
  const junk = ['', '/', 'nobody', '/ip4/127.0.0.1/tcp/1', '/p2p/', full('/ip4/127.0.0.1/tcp/1', self)]
  const discovery = bootstrap({
    nodes: junk,
    seeds: ['seed.example'],
    every: 60_000,
    clock,
    log: logTo([]),
    resolvers: () => [zone(records).resolver],
    random: seededRandom(testSeed()).next,
  })
  const subject = {
    discovery,
    node,
    appear: async (addresses: readonly string[]) => {
      records['_dnsaddr.seed.example'] = addresses.map((one) => `dnsaddr=${full(one)}`)
      return peer
    },
    litter: async () => void (records['_dnsaddr.seed.example'] = junk.map((one) => `dnsaddr=${one}`)),
    move: () => clock.advance(60_000),
  }
  return { subject, close: async () => assert.is(clock.waiting, 0) }
})

test('the order changes from round to round, and everybody is named in each', async () => {
  const clock = fakeClock()
  const random = seededRandom(testSeed())
  const nodes = Array.from({ length: 20 }, (_, index) => full(`/ip4/127.0.0.1/tcp/${index + 1}`))
  const discovery = bootstrap({ nodes, seeds: [], every: 1_000, clock, log: logTo([]), resolvers: () => [], random: random.next })
  const stop = new AbortController()
  const rounds: string[][] = [[]]
  const search = discovery.find({ ...node, signal: stop.signal })[Symbol.asyncIterator]()
  while (rounds.length < 3) {
    const next = search.next()
    await clock.advance(1_000)
    rounds.at(-1)!.push((await next).value!.addresses[0]!)
    if (rounds.at(-1)!.length === 20) rounds.push([])
  }
  assert.is.not(rounds[0]!.join(), rounds[1]!.join(), `seed ${random.seed}`)
  assert.equal(rounds[0]!.toSorted(), rounds[1]!.toSorted())
  stop.abort()
  await search.return!()
})

test('names list names, and a circle of them ends', async () => {
  const { resolver, asked } = zone({
    '_dnsaddr.one.example': [
      'dnsaddr=/dnsaddr/two.example/p2p/' + peer,
      'unrelated',
      `dnsaddr=${full('/ip4/192.0.2.1/tcp/1', other)}`,
    ],
    '_dnsaddr.two.example': [`dnsaddr=${full('/ip4/192.0.2.2/tcp/2')}`, `dnsaddr=/dnsaddr/one.example/p2p/${peer}`],
  })
  const all = await seedNodes(
    ['/dnsaddr/one.example'],
    { resolvers: () => [resolver], log: logTo([]) },
    AbortSignal.timeout(10_000),
  )
  assert.equal(all, [full('/ip4/192.0.2.1/tcp/1', other), full('/ip4/192.0.2.2/tcp/2')])
  assert.equal(asked, ['_dnsaddr.one.example', '_dnsaddr.two.example', '_dnsaddr.one.example'])
})

test('a name with a peer at its end stands for that peer alone', async () => {
  const { resolver } = zone({
    '_dnsaddr.one.example': [`dnsaddr=${full('/ip4/192.0.2.1/tcp/1', other)}`, `dnsaddr=${full('/ip4/192.0.2.2/tcp/2')}`],
  })
  const sources = { resolvers: () => [resolver], log: logTo([]) }
  const all = await seedNodes([`/dnsaddr/one.example/p2p/${peer}`], sources, AbortSignal.timeout(10_000))
  assert.equal(all, [full('/ip4/192.0.2.2/tcp/2')])
})

test('a seed that lists without end is cut', async () => {
  let count = 0
  const endless: Resolver = {
    name: 'endless',
    rank: 1,
    addresses: () => Promise.resolve([]),
    texts: () => Promise.resolve(Array.from({ length: 1_000 }, () => `dnsaddr=/dnsaddr/${++count}.example/p2p/${peer}`)),
  }
  let asked = 0
  const counted: Resolver = { ...endless, texts: (name) => (asked++, endless.texts(name)) }
  await seedNodes(['/dnsaddr/a.example'], { resolvers: () => [counted], log: logTo([]) }, AbortSignal.timeout(10_000))
  assert.ok(asked <= 32, `${asked}`)
})

test('a resolver that fails is followed by the next one; one that says there is no such name is believed', async () => {
  const broken: Resolver = {
    ...zone({}).resolver,
    rank: 0,
    texts: () => Promise.reject(new PalabreError('unreachable', text('no', 'non'))),
  }
  const { resolver } = zone({ '_dnsaddr.one.example': [`dnsaddr=${full('/ip4/192.0.2.1/tcp/1')}`] })
  const lines: string[] = []
  const sources = { resolvers: () => [resolver, broken], log: logTo(lines) }
  assert.is((await seedNodes(['/dnsaddr/one.example'], sources, AbortSignal.timeout(10_000))).length, 1)
  const empty = zone({})
  const later = { ...resolver, rank: 2 }
  const believing = { resolvers: () => [later, empty.resolver], log: logTo(lines) }
  assert.equal(await seedNodes(['/dnsaddr/one.example'], believing, AbortSignal.timeout(10_000)), [])
  assert.equal(lines, ['a seed could not be asked'])
})

test('without a resolver the list still works, and the log says what is missing', async () => {
  const plugins = [import.meta.dirname]
  const config = { 'discovery-bootstrap': { nodes: [full('/ip4/192.0.2.1/tcp/1')], seeds: ['seed.example'] } }
  await using host = await startTestHost({ plugins, config, lend: { discoveries: Discovery } })
  const stop = new AbortController()
  const search = [...host.lent.discoveries][0]!.find({ ...node, signal: stop.signal })[Symbol.asyncIterator]()
  assert.is((await search.next()).value!.peer, peer)
  const over = search.next()
  await host.clock.advance(1)
  stop.abort()
  assert.is((await over).done, true)
  assert.ok(host.log.some(({ level, fields }) => level === 'warn' && JSON.stringify(fields).includes('no resolver is switched on')))
})

test('a resolver that comes later is asked in the next round', async () => {
  const { resolver } = zone({ '_dnsaddr.seed.example': [`dnsaddr=${full('/ip4/192.0.2.7/tcp/1')}`] })
  const names = testPlugin('resolver-zone', definePlugin({ provides: { resolver: Resolver }, start: () => ({ resolver }) }))
  const config = { 'discovery-bootstrap': { seeds: ['seed.example'] } }
  await using host = await startTestHost({ plugins: [import.meta.dirname, names], config, lend: { discoveries: Discovery } })
  const stop = new AbortController()
  const search = [...host.lent.discoveries][0]!.find({ ...node, signal: stop.signal })[Symbol.asyncIterator]()
  assert.equal((await search.next()).value, { peer, addresses: ['/ip4/192.0.2.7/tcp/1'] })
  stop.abort()
  await search.return!()
})

test.run()
