import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openTcpFaults } from '../faults/tcp-faults.ts'
import { newPerson, type CliProcess, type Person } from './cli-process.ts'

interface There {
  readonly self: string
  readonly addresses: readonly string[]
  readonly process: CliProcess
}

/** Loopback alone, with these discoveries and no other. */
const only = (discoveries: Readonly<Record<string, object | boolean>>) => ({
  plugins: {
    'transport-tcp': { config: { listen: ['/ip4/127.0.0.1/tcp/0'] } },
    'transport-quic': false,
    'transport-websocket': false,
    'discovery-manual': false,
    'discovery-bootstrap': false,
    'discovery-mdns': false,
    'discovery-announce': false,
    ...discoveries,
  },
})

const on = (config: object) => ({ enabled: true, config })
const presence = on({ reach: 'local' })
const table = (mode: 'client' | 'server') => on({ reach: 'local', mode })
/** Nobody listens there, and nobody else can: the port is a privileged one that no test uses. */
const dead = '/ip4/127.0.0.1/tcp/9/p2p/12D3KooWHHzSeKaY8xuZVzkLbKFfvNgPPeKhFBGrMbNzbm5akpqu'
const net = (...args: string[]) => ['--profile', 'network', 'net', ...args]

async function staying(person: Person): Promise<There> {
  const process = person.start(net('watch', '--json'))
  const said = await process.says(/\n/)
  return { process, ...(JSON.parse(said.split('\n')[0]!) as Omit<There, 'process'>) }
}

/** Whom a search finds in three seconds. */
async function foundIn3Seconds(person: Person): Promise<string> {
  const { code, out, err } = await person.palabre(...net('start-discovery', '--seconds', '3', '--json'))
  assert.is(code, 0, err)
  return out
}

test('found by hand: in the settings, and by command while running; not without the plugin', async () => {
  await using anna = newPerson(only({}))
  const there = await staying(anna)
  await using bruno = newPerson(only({ 'discovery-manual': on({ peers: there.addresses }) }))
  const search = bruno.start(net('start-discovery', '--json'))
  await search.says(there.self)
  await there.process.says('"link-opened"')
  search.signal('SIGINT')
  await search.ended
  bruno.write({ 'profile/plugins.json': only({}) })
  assert.not.match(await foundIn3Seconds(bruno), there.self)
})

test('through a third whom both know, though half of those they know are dead; not without either plugin', async () => {
  await using third = newPerson(only({ 'discovery-announce': presence }))
  const hub = await staying(third)
  const nodes = on({ nodes: [dead, ...hub.addresses] })
  const both = only({ 'discovery-bootstrap': nodes, 'discovery-announce': presence })
  await using anna = newPerson(both)
  await using bruno = newPerson(both)
  const there = await staying(anna)
  // The third watches from before she came; she may have been linked before she told us anything.
  await hub.process.says(there.self)

  const search = bruno.start(net('start-discovery', '--json'))
  await search.says((said) => said.includes(hub.self) && said.includes(there.self))
  search.signal('SIGINT')
  await search.ended

  bruno.write({ 'profile/plugins.json': only({ 'discovery-bootstrap': nodes }) })
  const withoutGossip = await foundIn3Seconds(bruno)
  assert.match(withoutGossip, hub.self)
  assert.not.match(withoutGossip, there.self)

  bruno.write({ 'profile/plugins.json': only({ 'discovery-announce': presence }) })
  const withoutList = await foundIn3Seconds(bruno)
  assert.not.match(withoutList, hub.self)
  assert.not.match(withoutList, there.self)
})

test('whom several discoveries name is dialled once', async () => {
  await using anna = newPerson(only({}))
  const there = await staying(anna)
  const [, port, id] = /\/ip4\/127\.0\.0\.1\/tcp\/(\d+)\/p2p\/(\w+)/.exec(there.addresses.join(' '))!
  await using road = await openTcpFaults({ to: { port: Number(port) }, seed: 1 })
  const named = [`/ip4/127.0.0.1/tcp/${road.port}/p2p/${id}`]
  const often = { every: 1 }
  await using bruno = newPerson(
    only({ 'discovery-manual': on({ peers: named, ...often }), 'discovery-bootstrap': on({ nodes: named, ...often }) }),
  )
  const found = await foundIn3Seconds(bruno)
  for (const by of ['manual', 'bootstrap']) assert.match(found, `"by":"${by}"`)
  assert.is(road.made, 1)
})

test('by the distributed table, whom only the id of is known; not without the plugin', async () => {
  await using third = newPerson(only({ 'discovery-kademlia': table('server') }))
  const hub = await staying(third)
  const nodes = on({ nodes: hub.addresses })
  const client = only({ 'discovery-bootstrap': nodes, 'discovery-kademlia': table('client') })
  await using anna = newPerson(client)
  await using bruno = newPerson(client)
  const there = await staying(anna)
  // The third watches from before she came; she may have been linked before she told us anything.
  await hub.process.says(there.self)

  // Anna's word reaches the table a moment after her link does.
  const connected = await until(async () => {
    const one = await bruno.palabre(...net('connect', there.self, '--json'))
    return one.code === 0 ? one : undefined
  })
  assert.match(connected.out, there.self)

  bruno.write({ 'profile/plugins.json': only({ 'discovery-bootstrap': nodes }) })
  const { code, err } = await bruno.palabre(...net('connect', there.self, '--json'))
  assert.is(code, 3, err)
})

test('a peer is named, listed and taken back by command', async () => {
  await using anna = newPerson(only({ 'discovery-manual': true }))
  const refused = await anna.palabre(...net('add-peer', '/ip4/127.0.0.1/tcp/1'))
  assert.is(refused.code, 2)
  assert.match(refused.err, 'names no peer')
  const french = await anna.palabre('--lang', 'fr', ...net('add-peer', dead))
  assert.is(french.code, 0, french.err)
  assert.match(french.out, '1 sur 1 ajoutés')
})

async function until<T>(attempt: () => Promise<T | undefined>): Promise<T> {
  for (let left = 10; ; left--) {
    const done = await attempt()
    if (done !== undefined) return done
    if (left === 0) throw new Error('ten attempts were in vain')
  }
}

test.run()
