// slow, limit: 400 s
// The road from server to no server: each profile through real processes, and what of it a relay gets to do.
import { spawnSync } from 'node:child_process'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readRelayLink } from '@palabre/sdk/contract/relay-link'
import { newPerson, type CliProcess, type Person } from './cli-process.ts'
import { isInside, proveInside } from './in-namespace.ts'

const test = suite('profiles')
const patience = ['--seconds', '60']

/** A relay with all it offers, and how many packets came to each of its ports. */
async function startRelay() {
  const person = newPerson({ plugins: { 'discovery-mdns': false }, profiles: { relay: { plugins: { 'stun-server': false } } } })
  const process = person.start(['relay', '--json'])
  const link = /"link":"([^"]+)"/.exec(await process.says(/"link":"[^"]+"/))![1]!
  const place = readRelayLink(link)!
  const portOf = (kind: RegExp) => Number(kind.exec(link)![1])
  const ports = { tcp: portOf(/\/tcp\/(\d+)\/p2p/), websocket: portOf(/\/tcp\/(\d+)\/ws\//), rooms: portOf(/,ws:\/\/[^,]*:(\d+)/) }
  assert.ok(place.signals!.length > 0)
  const names = Object.keys(ports) as (keyof typeof ports)[]
  nft('delete table inet seen', false)
  nft('add table inet seen')
  nft("add chain inet seen in '{ type filter hook input priority 0; }'")
  for (const name of names) nft(`add rule inet seen in tcp dport ${ports[name]} counter comment '"${name}"'`)
  return {
    link,
    process,
    packets: () => {
      const said = nft('list chain inet seen in')
      const count = (name: string) => Number(new RegExp(`counter packets (\\d+).*comment "${name}"`).exec(said)![1])
      return { tcp: count('tcp'), websocket: count('websocket'), rooms: count('rooms') }
    },
    /** From now on nothing comes to it any more, and nobody is told. */
    cut: () => nft(`insert rule inet seen in tcp dport '{ ${Object.values(ports).join(', ')} }' drop`),
    ask: async <T>(...args: string[]): Promise<T> => answered<T>(person, 'relay', ...args),
    async [Symbol.asyncDispose]() {
      await person[Symbol.asyncDispose]()
    },
  }
}

function nft(rule: string, mustHold = true): string {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', `nft ${rule}`], { encoding: 'utf8', timeout: 10_000 })
  if (mustHold) assert.is(status, 0, `${rule}: ${stderr}`)
  return stdout
}

async function answered<T>(person: Person, profile: string, ...args: string[]): Promise<T> {
  const { code, out, err } = await person.palabre('--profile', profile, '--json', ...args)
  assert.is(code, 0, `palabre ${args.join(' ')}: ${out}\n${err}`)
  return JSON.parse(out.trim().split('\n').at(-1)!) as T
}

/** Two under one profile, who both know the relay; the second has accepted the first one's invite. */
async function twoUnder(profile: string, relay: { readonly link: string }, plugins: object = {}) {
  const [ada, bob] = [newPerson({ plugins }), newPerson({ plugins })]
  for (const person of [ada, bob]) await answered(person, profile, 'relay', 'add', relay.link)
  const { link } = await answered<{ link: string }>(ada, profile, 'invite', 'create', '--name', 'Ada')
  await answered(bob, profile, 'invite', 'accept', link)
  const up = (person: Person): CliProcess => person.start(['--profile', profile, '--json', 'listen'])
  const send = (message: string, until: string, seconds = patience) =>
    answered<{ state: string }>(bob, profile, 'send', '--to', 'Ada', '--message', message, '--wait', until, ...seconds)
  /** How bob's link to ada runs. */
  const road = async () => {
    const { self } = await answered<{ self: string }>(ada, profile, 'net', 'info')
    const peers = await answered<{ peer: string; path?: { transport: string } }[]>(bob, profile, 'net', 'list-peers')
    return peers.find(({ peer }) => peer === self)?.path?.transport
  }
  return {
    ada,
    bob,
    up,
    send,
    road,
    async [Symbol.asyncDispose]() {
      for (const one of [ada, bob]) await one[Symbol.asyncDispose]()
    },
  }
}

async function ends(process: CliProcess): Promise<void> {
  process.signal('SIGINT')
  await process.ended
}

/** WebSockets to the relay, and none from others. */
const noSockets = { 'transport-websocket': { config: { listen: [] } } }

test('hybrid: all begins at the relay, by WebSocket alone; it keeps what waits, and is not needed once the road is direct', async () => {
  await using relay = await startRelay()
  await using two = await twoUnder('hybrid', relay, noSockets)
  assert.is((await two.send('while you sleep', 'sent')).state, 'stored')
  assert.ok((await relay.ask<{ blocks: number }>('mailbox', 'counts')).blocks >= 1)
  const [ada, bob] = [two.up(two.ada), two.up(two.bob)]
  await ada.says('while you sleep')
  const watching = two.bob.start(['--profile', 'hybrid', '--json', 'net', 'watch'])
  await two.send('are you there', 'delivered')
  await ada.says('are you there')
  await watching.says('"transport":"webrtc"')
  const { tcp, websocket, rooms } = relay.packets()
  assert.equal({ tcp, rooms }, { tcp: 0, rooms: 0 })
  assert.ok(websocket > 0)
  relay.cut()
  await two.send('nobody between us', 'delivered')
  await ada.says('nobody between us')
  for (const one of [watching, ada, bob]) await ends(one)
})

test('p2p-first: what has a direct road takes it and leaves nothing at the relay; the mailbox is for who is away', async () => {
  await using relay = await startRelay()
  await using two = await twoUnder('p2p-first', relay, { 'transport-quic': false, ...noSockets })
  const [ada, bob] = [two.up(two.ada), two.up(two.bob)]
  // Who is not up yet is away, and what is written then is for the mailbox. The story's limit ends what never becomes so.
  let road = await two.road()
  while (road === undefined) road = await two.road()
  assert.is(road, 'tcp')
  await two.send('straight to you', 'delivered')
  await ada.says('straight to you')
  assert.is((await relay.ask<{ blocks: number }>('mailbox', 'counts')).blocks, 0)
  await ends(ada)
  assert.is((await two.send('for later', 'sent')).state, 'stored')
  assert.ok((await relay.ask<{ blocks: number }>('mailbox', 'counts')).blocks >= 1)
  await ends(bob)
})

test('full-p2p: two whom no port leads to talk by a room alone; no packet ever goes to the relay or its mailbox', async () => {
  await using relay = await startRelay()
  const hidden = Object.fromEntries(['transport-tcp', 'transport-quic', 'transport-websocket'].map((id) => [id, false]))
  // Of several servers of rooms one that answers is enough: nobody is at the first.
  const servers = { 'signal-room': { config: { servers: ['ws://127.0.0.1:1'] } } }
  await using two = await twoUnder('full-p2p', relay, { ...hidden, ...servers })
  const { plugin } = await answered<{ plugin: { config: { servers: string[] } } }>(
    two.bob,
    'full-p2p',
    'plugins',
    'why',
    'signal-room',
  )
  assert.is(plugin.config.servers[0], 'ws://127.0.0.1:1')
  assert.ok(plugin.config.servers.length > 1)
  const ada = two.up(two.ada)
  // Without the plugin there is no road at all, and that is said.
  assert.is((await two.bob.palabre('plugins', 'disable', 'transport-signal')).code, 0)
  const waiting = ['send', '--to', 'Ada', '--message', 'under the tree', '--wait', 'sent', '--seconds', '3']
  const { code, err } = await two.bob.palabre('--profile', 'full-p2p', ...waiting)
  assert.is(code, 3, err)
  assert.is((await two.bob.palabre('plugins', 'enable', 'transport-signal')).code, 0)
  const bob = two.up(two.bob)
  await ada.says('under the tree')
  await two.send('and again', 'delivered')
  assert.is(await two.road(), 'webrtc')
  for (let sockets = 1; sockets > 0;) ({ sockets } = await relay.ask<{ sockets: number }>('signal', 'counts'))
  relay.process.signal('SIGKILL')
  await relay.process.ended
  await two.send('nobody between us', 'delivered')
  await ada.says('nobody between us')
  const { tcp, websocket, rooms } = relay.packets()
  assert.equal({ tcp, websocket }, { tcp: 0, websocket: 0 })
  assert.ok(rooms > 0)
  for (const one of [ada, bob]) await ends(one)
})

if (isInside) test.run()
else proveInside(import.meta.filename, { timeout: 380_000 })
