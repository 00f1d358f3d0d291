import { readRelayLink } from '@palabre/sdk/contract/relay-link'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openTcpFaults } from '../faults/tcp-faults.ts'
import { startRelayProcess, type RelayProcess } from '../mailbox/relay-process.ts'
import { newWireQueue } from '../mailbox/wire-client.ts'
import { startWireNode } from '../mailbox/wire-node.ts'
import { newPerson } from './cli-process.ts'

const health = ({ operator }: RelayProcess, ...more: string[]) => operator.palabre('relay', 'health', ...more)

test('an operator asks whether the relay is well, edits it, hangs up, and ends it: what was promised is kept', async () => {
  await using relay = await startRelayProcess()
  const well = await health(relay, '--json')
  assert.is(well.code, 0, well.err)
  assert.is((JSON.parse(well.out) as { healthy: boolean }).healthy, true)
  assert.match((await health(relay)).out, /^This relay serves: \d+ links?, 0 queues, 0 blocks\.$/m)
  const link = relay.operator.start(['relay', 'link'])
  await link.says(relay.link)
  link.signal('SIGINT')
  assert.is((await link.ended).code, 0)

  writeFileSync(relay.operator.settings, '{ "plugins": { "mailbox-server": ')
  relay.process.signal('SIGHUP')
  await relay.process.says('plugins.json', 'err')
  relay.operator.write({ 'profile/plugins.json': { profiles: { relay: { plugins: { 'mailbox-server': false } } } } })
  relay.process.signal('SIGHUP')
  await relay.process.says('"reloaded":')
  await relay.process.says(/"id":"mailbox-server","state":"disabled"/)
  const ill = await health(relay)
  assert.is(ill.code, 2, ill.out)
  assert.match(ill.err, 'this Palabre is no relay')

  const before = relay.process.said().length
  relay.process.signal('SIGTERM')
  const { code, out } = await relay.process.ended
  assert.equal([code, out.slice(before)], [0, ''])
  const none = await health(relay)
  assert.is(none.code, 3, none.out + none.err)
  assert.match(none.err, /^no Palabre is up in this profile\n.*palabre relay/)
  assert.match((await health(relay, '--lang', 'fr')).err, 'aucun Palabre n’est en marche dans ce profil')
})

test('whoever asks after a relay that was killed, or talks and is none, is told so', async () => {
  await using relay = await startRelayProcess()
  await relay.kill()
  assert.is((await health(relay)).code, 3)
  await using talker = newPerson({ plugins: { 'transport-websocket': false } })
  const running = talker.start(['run', '--json'])
  await running.says('"running":')
  const { code, err } = await talker.palabre('relay', 'health')
  assert.is(code, 2)
  assert.match(err, 'this Palabre is no relay')
  running.signal('SIGINT')
  assert.is((await running.ended).code, 0)
})

test('SIGTERM in the middle of deposits: what was answered is there when the relay is back', async () => {
  await using relay = await startRelayProcess()
  await using node = await startWireNode()
  const queue = newWireQueue(node.primitives)
  const client = await node.open(relay.link)
  const slot = await (await client.create(queue), client.claim('sender', queue))
  const answered = new Set<string>()
  const deposits = Array.from({ length: 100 }, async () => {
    const block = node.primitives.randomBytes(16_384)
    await client.deposit(slot, block)
    answered.add(Buffer.from(block).toString('hex'))
  })
  await Promise.any(deposits)
  relay.process.signal('SIGTERM')
  await Promise.allSettled(deposits)
  await client.ended
  assert.is((await relay.process.ended).code, 0)

  await relay.start()
  const back = await node.open(relay.link)
  const there = new Set<string>()
  const all = Promise.withResolvers<void>()
  await back.collect(await back.create(queue), (_name, block) => {
    there.add(Buffer.from(block).toString('hex'))
    if (there.size >= answered.size) all.resolve()
  })
  await all.promise
  for (const block of answered) assert.ok(there.has(block))
  await back.close()
})

test('behind a forwarded port, the relay learns its address from two who came that way, and tells it in its link', async () => {
  await using relay = await startRelayProcess()
  const { peer, addresses } = readRelayLink(relay.link)!
  const port = Number(/\/tcp\/(\d+)/.exec(addresses[0]!)![1])
  await using forwarded = await openTcpFaults({ to: { port }, seed: 1 })
  const outside = `/ip4/127.0.0.1/tcp/${forwarded.port}`
  for (const isLast of [false, true]) {
    await using guest = newPerson({ plugins: { 'transport-websocket': false } })
    const { code, err } = await guest.palabre('--json', 'net', 'connect', `${outside}/p2p/${peer}`)
    assert.is(code, 0, err)
    if (!isLast) assert.not.match(relay.process.said(), outside)
  }
  await relay.process.says(new RegExp(`"link":"palabre:relay#[^"]*${outside}/p2p/${peer}`))
})

test('an operator names where others reach the relay: its link leads there, to the rooms too, and whoever adds it uses both', async () => {
  const announce = ['/dns4/relay.example.org/tcp/4001', '/dns4/relay.example.org/tcp/4002/ws']
  await using relay = await startRelayProcess({ plugins: { 'relay-circuit': { config: { announce } } } })
  const { addresses, signals } = readRelayLink(relay.link)!
  assert.equal(addresses.slice(0, 2), announce)
  assert.match(signals!.join(), /^ws:\/\/relay\.example\.org:\d+$/)
  await using guest = newPerson({ plugins: { 'signal-room': true } })
  assert.is((await guest.palabre('relay', 'add', relay.link)).code, 0)
  const { plugins } = JSON.parse(readFileSync(guest.settings, 'utf8')) as { plugins: Record<string, { config: object }> }
  assert.equal(plugins['signal-room']!.config, { servers: signals })
  assert.equal(plugins['mailbox-client']!.config, { mailboxes: [relay.link] })
})

test('an address to announce that is none is shown what one looks like, and nothing starts', async () => {
  await using operator = newPerson({ plugins: { 'relay-circuit': { config: { announce: ['relay.example.org'] } } } })
  const { code, out, err } = await operator.palabre('relay')
  assert.equal([code, out], [2, ''])
  assert.match(
    err,
    '/plugins/relay-circuit/config/announce/0 does not have the form that is expected, as in /dns4/relay.example.org/tcp/4001',
  )
  assert.match(err, 'nothing was started or changed')
})

test('a port that another program has is told in the words of the system, and the relay does with the others', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  try {
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    await using relay = await startRelayProcess({
      plugins: {
        'transport-tcp': { config: { listen: [`/ip4/127.0.0.1/tcp/${port}`] } },
        'transport-websocket': { config: { listen: ['/ip4/127.0.0.1/tcp/0/ws'] } },
      },
    })
    await relay.process.says(`reason="listen EADDRINUSE: address already in use 127.0.0.1:${port}"`, 'err')
    assert.is((await health(relay)).code, 0)
  } finally {
    other.close()
  }
})

test('a database that is not there yet is said and waited for, and the relay is not well meanwhile', async () => {
  const nowhere = 'postgres://palabre@127.0.0.1:1/palabre'
  await using relay = await startRelayProcess({ database: nowhere })
  await relay.process.says('cannot be reached', 'err')
  const { code, err } = await health(relay)
  assert.is(code, 3, err)
  assert.match(err, 'cannot be reached')
  relay.process.signal('SIGTERM')
  assert.is((await relay.process.ended).code, 0)
})

test('counts for an operator are numbers and tell nobody apart', async () => {
  await using relay = await startRelayProcess({
    plugins: { 'relay-metrics': { config: { port: 0 } }, 'log-console': { config: { level: 'info' } } },
  })
  const said = await relay.process.says(/http:\/\/127\.0\.0\.1:\d+\/metrics/, 'err')
  const address = /http:\/\/127\.0\.0\.1:\d+\/metrics/.exec(said)![0]
  await using node = await startWireNode()
  const queue = newWireQueue(node.primitives)
  const client = await node.open(relay.link)
  await client.create(queue)
  await client.deposit(await client.claim('sender', queue), node.primitives.randomBytes(16_384))
  const body = await (await fetch(address)).text()
  assert.match(body, /^palabre_mailbox_queues 1$/m)
  assert.match(body, /^palabre_mailbox_blocks 1$/m)
  const ids = [
    node.network.self,
    readRelayLink(relay.link)!.peer,
    ...[queue.recipient, queue.sender].map((id) => Buffer.from(id).toString('hex')),
  ]
  for (const id of ids) assert.not.ok(body.includes(id))
  for (const line of body.trim().split('\n')) assert.match(line, /^(# (HELP|TYPE) |[a-z_]+ [\d.]+$)/)
  await client.close()
})

test.run()
