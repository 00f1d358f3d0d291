import { existsSync, readFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { newPerson, type CliProcess, type Person } from './cli-process.ts'

const quiet = Object.fromEntries(
  ['transport-quic', 'transport-websocket', 'transport-webrtc-direct', 'transport-relay', 'discovery-mdns'].map((name) => [
    name,
    false,
  ]),
)
const listen = { enabled: true, config: { listen: ['/ip4/127.0.0.1/tcp/0'] } }

/** On this machine only. */
const networked = (plugins: object = {}): Person => newPerson({ plugins: { ...quiet, 'transport-tcp': listen, ...plugins } })
const net = (...args: string[]) => ['--profile', 'network', '--json', 'net', ...args]

type Row = Readonly<Record<string, unknown>>

const rowsOf = (said: string): Row[] =>
  said
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Row)

async function row(from: CliProcess, isIt: (row: Row) => boolean): Promise<Row> {
  return rowsOf(await from.says((said) => rowsOf(said).some(isIt))).find(isIt)!
}

/** Starts somebody with everything running, and tells where. */
async function waiting(person: Person): Promise<string> {
  await person.start(['--profile', 'network', 'run']).says('network-diagnostics')
  const { out, err } = await person.start(net('info')).ended
  const [at] = (JSON.parse(out || err) as { addresses?: string[] }).addresses ?? []
  assert.ok(at, err)
  return at
}

/** WebRTC finds no way over the loopback interface alone. */
const hasAddress = Object.values(networkInterfaces()).some(
  (all) => all?.some(({ internal, family }) => !internal && family === 'IPv4') === true,
)
const webrtcTest = hasAddress ? test : test.skip
if (!hasAddress) console.log('SKIPPED: WebRTC to oneself and by hand: this machine has no address besides the loopback')

test('net nat-test tells its events by their names, on both sides', async () => {
  await using one = networked()
  await using other = networked()
  const at = await waiting(one)
  const { code, out, err } = await other.start(net('nat-test', at, '--count', '3', '--interval', '10')).ended
  assert.is(code, 0, err)
  const events = rowsOf(out)
  assert.equal(
    events.map((event) => Object.keys(event).join(' ')),
    [
      'event name mode',
      'event selected rtt_ms',
      'event success time_to_direct_s',
      ...Array.from({ length: 3 }, () => 'event seq rtt_ms via'),
      'event direct_pings relay_pings direct_pct avg_rtt_direct_ms',
    ],
  )
  assert.equal(
    events.map(({ event }) => event),
    ['started', 'path_change', 'hole_punch', 'ping', 'ping', 'ping', 'summary'],
  )
  assert.is(events[0]!['mode'], 'initiator')
  assert.is(events[1]!['selected'], 'direct')
  assert.is(events[6]!['direct_pings'], 3)
  assert.is(events[6]!['direct_pct'], 100)
})

test('whom it cannot reach, what is no address, and who never comes have their codes', async () => {
  await using person = networked()
  const nobody = '/ip4/127.0.0.1/tcp/1/p2p/12D3KooWKFyFmpCTpewBQUqXfvH3EKc75FPK6yXNb3Dv5FwNpsW3'
  assert.is((await person.start(net('nat-test', '/not/an/address')).ended).code, 2)
  assert.is((await person.start(net('nat-test', nobody)).ended).code, 3)
  const late = await person.start(net('nat-test', '--patience', '0')).ended
  assert.is(late.code, 3, late.err)
  assert.match(late.err, 'timed-out')
})

test('net diagnostics has a verdict for each part, and measures the way to a peer', async () => {
  await using one = networked()
  await using other = networked()
  const { code, out, err } = await other.start(net('diagnostics', '--peer', await waiting(one), '--megabytes', '1')).ended
  assert.is(code, 0, err)
  const verdicts = Object.fromEntries(rowsOf(out).map(({ check, verdict }) => [check, verdict]))
  assert.is(verdicts['tcp'], 'good')
  assert.is(verdicts['STUN'], 'off')
  assert.is(verdicts['TURN'], 'off')
  assert.is(verdicts['DNS'], 'off')
  assert.is(verdicts['peer'], 'good')
  assert.is(verdicts['throughput'], 'good')
  const rate = rowsOf(out).find(({ check }) => check === 'throughput')!['megabytes_per_s'] as number
  console.log(`MEASURED: ${rate} MB/s through the real command line`)
  assert.ok(rate > 0)
  const french = await other.palabre('--profile', 'network', '--lang', 'fr', 'net', 'diagnostics')
  assert.match(french.out, 'aucun serveur n’est configuré')
})

webrtcTest(
  'net selftest asks the STUN server of the settings, opens a channel to itself, and says by its code whether all is well',
  async () => {
    await using server = networked({
      'log-console': { enabled: true, config: { level: 'info' } },
      'stun-server': { enabled: true, config: { port: 0, addresses: ['127.0.0.1'] } },
    })
    const serving = server.start(['--profile', 'network', 'run'])
    const [, port] = /answers STUN .*port=(\d+)/.exec(await serving.says(/answers STUN .*port=\d+/, 'err'))!
    await using person = networked({ 'transport-webrtc': { enabled: true, config: { stun: [`stun:127.0.0.1:${port}`] } } })
    const good = await person.start(net('selftest')).ended
    assert.is(good.code, 0, good.out + good.err)
    const rows = rowsOf(good.out)
    assert.equal(
      rows.map(({ check, verdict }) => [check, verdict].join(' ')),
      ['configuration good', 'STUN good', 'candidates good', 'loopback good', 'rtt good'],
    )
    assert.is(rows[1]!['address'], '127.0.0.1')
    serving.signal('SIGKILL')
    await serving.ended
    const bad = await person.start(net('selftest')).ended
    assert.is(bad.code, 3, bad.out)
    assert.ok(rowsOf(bad.out).some(({ check, verdict }) => check === 'STUN' && verdict === 'bad'))

    await using without = networked({ 'transport-webrtc': false, 'upgrade-webrtc': false })
    const off = await without.start(net('selftest')).ended
    assert.is(off.code, 2)
    assert.match(off.err, 'transport-webrtc')
  },
)

webrtcTest('net demo webrtc connects two people by two files, which stay', async () => {
  await using one = networked()
  await using other = networked()
  const [offer, answer] = [join(one.folder, 'offer.json'), join(one.folder, 'offer.answer.json')]
  const responding = other.start(net('demo', 'webrtc', '--role', 'responder', '--peer', offer))
  await row(responding, ({ event }) => event === 'waiting')
  const initiating = await one.start(net('demo', 'webrtc', '--role', 'initiator', '--peer', offer, '--count', '2')).ended
  assert.is(initiating.code, 0, initiating.err)
  assert.equal(
    rowsOf(initiating.out).map(({ event }) => event),
    ['written', 'waiting', 'read', 'open', 'ping', 'ping'],
  )
  const { code, out, err } = await responding.ended
  assert.is(code, 0, err)
  assert.ok(rowsOf(out).some(({ event }) => event === 'ping'))
  assert.is((JSON.parse(readFileSync(offer, 'utf8')) as { type: string }).type, 'offer')
  assert.is((JSON.parse(readFileSync(answer, 'utf8')) as { type: string }).type, 'answer')

  const again = await one.start(net('demo', 'webrtc', '--role', 'initiator', '--peer', offer)).ended
  assert.is(again.code, 2, 'what lies there is not written over')
  one.write({ 'bad.json': '{ "type": "offer", "sdp": "v=1" }', 'worse.json': 'no JSON at all' })
  for (const name of ['bad', 'worse']) {
    const refused = await other.start(net('demo', 'webrtc', '--role', 'responder', '--peer', join(one.folder, `${name}.json`)))
      .ended
    assert.is(refused.code, 2, refused.err)
    assert.not.ok(existsSync(join(one.folder, `${name}.answer.json`)))
  }
})

test('switched off, its verbs say who brings them', async () => {
  const verbs = {
    'network-diagnostics': ['nat-test', 'diagnostics', 'selftest'],
    'webrtc-by-hand': ['demo webrtc --role responder --peer x.json'],
  }
  await using person = networked(Object.fromEntries(Object.keys(verbs).map((plugin) => [plugin, false])))
  for (const [plugin, its] of Object.entries(verbs))
    for (const verb of its) {
      const { code, err } = await person.start(net(...verb.split(' '))).ended
      assert.is(code, 2)
      assert.match(err, plugin)
    }
})

test.run()
