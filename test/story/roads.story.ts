// Two processes, one road between them, every other road off.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { newPerson, repository, type Person } from './cli-process.ts'

const roads = {
  tcp: '/ip4/127.0.0.1/tcp/0',
  quic: '/ip4/127.0.0.1/udp/0/quic-v1',
  websocket: '/ip4/127.0.0.1/tcp/0/ws',
  'webrtc-direct': '/ip4/127.0.0.1/udp/0/webrtc-direct',
}

/** What would be another road, or would look for one. */
const off = Object.fromEntries(
  readdirSync(join(repository, 'plugins'))
    .filter((name) => /^(transport|discovery|upgrade|nat|relay)-/.test(name))
    .map((name) => [name, false]),
)

function personOn(chosen: readonly (keyof typeof roads)[], channels: object = { 'channel-noise': true }): Person {
  const on = chosen.map((road) => [`transport-${road}`, { enabled: true, config: { listen: [roads[road]] } }])
  return newPerson({
    plugins: {
      ...off,
      'network-libp2p': { enabled: true, config: { discover: false } },
      'network-commands': true,
      ...channels,
      ...Object.fromEntries(on),
    },
  })
}

/** Stays reachable; what happens comes as one line of JSON each. */
async function stayReachable(person: Person) {
  const watching = person.start(['net', 'watch', '--json'])
  const first = (await watching.says('\n')).split('\n')[0]!
  const { addresses } = JSON.parse(first) as { addresses: string[] }
  return { watching, address: addresses[0]! }
}

interface Ping {
  readonly seq: number
  readonly rtt: number
  readonly path: { readonly kind: string; readonly transport: string; readonly channel: string }
}

const pingsIn = (out: string) =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Ping)

const ping = (person: Person, address: string) =>
  person.palabre('net', 'ping', address, '--count', '3', '--interval', '10', '--json')

for (const road of Object.keys(roads) as (keyof typeof roads)[]) {
  test(`two people reach each other over ${road}, and not once it is off at either end`, async () => {
    await using here = personOn([road])
    await using there = personOn([road])
    const { watching, address } = await stayReachable(there)

    const { code, out, err } = await ping(here, address)
    assert.is(code, 0, err)
    const pings = pingsIn(out)
    assert.equal(
      pings.map(({ seq, path }) => [seq, path.kind, path.transport]),
      [1, 2, 3].map((seq) => [seq, 'lan', road]),
    )
    assert.ok(pings.every(({ rtt }) => rtt > 0 && rtt < 5_000))
    await watching.says('"kind":"link-opened"')

    assert.is((await here.palabre('plugins', 'disable', `transport-${road}`)).code, 0)
    const without = await ping(here, address)
    assert.is(without.code, 2)
    assert.match(without.err, 'no transport that is on reaches')
    assert.match((await here.palabre('net', 'ping', address, '--lang', 'fr')).err, 'aucun transport activé n’atteint')
    assert.is((await here.palabre('plugins', 'enable', `transport-${road}`)).code, 0)
    assert.is((await ping(here, address)).code, 0)

    watching.signal('SIGINT')
    await watching.ended
    assert.is((await there.palabre('plugins', 'disable', `transport-${road}`)).code, 0)
    assert.match((await there.palabre('net', 'info')).out, 'nowhere: nothing listens')
    const nobody = await ping(here, address)
    assert.is(nobody.code, 3, nobody.err)
    // Nobody answers for a port of UDP that is closed.
    assert.match(nobody.err, /cannot be reached|did not answer in time/)
  })
}

test('who has no Noise is reached by TLS, and not without it', async () => {
  await using there = personOn(['tcp'], { 'channel-noise': false, 'channel-tls': true })
  await using here = personOn(['tcp'], { 'channel-noise': true, 'channel-tls': true })
  const { address } = await stayReachable(there)
  const { code, out, err } = await ping(here, address)
  assert.is(code, 0, err)
  assert.equal([...new Set(pingsIn(out).map(({ path }) => path.channel))], ['tls'])
  assert.is((await here.palabre('plugins', 'disable', 'channel-tls')).code, 0)
  const without = await ping(here, address)
  assert.is(without.code, 2, without.err)
  assert.match(without.err, 'no encryption of the hop in common')
})

test('where QUIC has no native part for the machine it says so, and the other roads work', async () => {
  await using here = personOn(['quic', 'tcp'])
  const env = { NAPI_RS_NATIVE_LIBRARY_PATH: `${here.folder}/nothing.node` }
  const { code, out, err } = await here.start(['net', 'info'], { env }).ended
  assert.is(code, 0, err)
  assert.match(out, '/tcp/')
  assert.not.ok(out.includes('/quic-v1'))
  assert.match(err, 'QUIC has no native part for this machine; the other roads work without it')
  const well = await here.palabre('net', 'info')
  assert.match(well.out, '/quic-v1')
})

test('with DUMP_SESSION_KEYS set there is no network, and it is said why', async () => {
  await using here = personOn(['tcp'])
  const { code, out, err } = await here.start(['net', 'info'], { env: { DUMP_SESSION_KEYS: '1' } }).ended
  assert.equal([code, out], [2, ''])
  assert.match(err, 'DUMP_SESSION_KEYS is set')
})

test.run()
