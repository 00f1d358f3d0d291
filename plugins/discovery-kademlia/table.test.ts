import { generateKeyPair } from '@libp2p/crypto/keys'
import { identify, identifyPush } from '@libp2p/identify'
import { noise } from '@libp2p/noise'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { yamux } from '@libp2p/yamux'
import { multiaddr } from '@multiformats/multiaddr'
import { discoveryLaws } from '@palabre/sdk/conformance/discovery'
import { proveAll } from '@palabre/sdk/conformance/law'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { DiscoveringNode } from '@palabre/sdk/contract/discovery'
import type { Log } from '@palabre/sdk/contract/log'
import { Key } from 'interface-datastore'
import { createLibp2p } from 'libp2p'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { ourParts } from './our-parts.ts'
import { placeOf, placesOf } from './place.ts'
import { BoundedRecords } from './records.ts'
import { distributedTable, type TableSettings } from './table.ts'

const log = { debug() {}, warn() {} } as unknown as Log

/** The time of now, but each pause is at most a twentieth of a second. */
const hasty: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(signal.reason)
      const quit = () => {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      const timer = setTimeout(
        () => {
          signal?.removeEventListener('abort', quit)
          resolve()
        },
        Math.min(ms, 50),
      )
      signal?.addEventListener('abort', quit, { once: true })
    }),
}

const settings: TableSettings = { mode: 'server', reach: 'local', announce: true, every: 1 }

/** A real node on loopback with the table in it; `say` is what it tells of its addresses. */
async function startNode(given: Partial<TableSettings> = {}, say?: readonly string[]) {
  let components: DiscoveringNode['components']
  const key = await generateKeyPair('Ed25519')
  let addresses = say
  const libp2p = await createLibp2p({
    privateKey: key,
    addresses: {
      listen: ['/ip4/127.0.0.1/tcp/0'],
      announceFilter: (real) => (addresses === undefined ? real : addresses.map((one) => multiaddr(one))),
    },
    transports: [tcp()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionManager: { reconnectRetries: 0, inboundConnectionThreshold: 1_000 },
    connectionMonitor: { enabled: false },
    services: {
      identify: identify(),
      identifyPush: identifyPush(),
      ping: ping(),
      parts: (all) => {
        components = all
        return {}
      },
    },
  })
  const stop = new AbortController()
  const self = peerIdFromPrivateKey(key).toString()
  const node = { self, addresses: () => libp2p.getMultiaddrs().map((one) => one.toString()), components }
  const discovery = distributedTable({ ...settings, ...given, clock: hasty, log })
  const found = new Set<string>()
  let running: Promise<void> | undefined
  return {
    libp2p,
    node,
    discovery,
    self,
    found,
    begin() {
      running ??= (async () => {
        for await (const { peer } of discovery.find({ ...node, signal: stop.signal })) found.add(peer)
      })()
    },
    async say(now: readonly string[]) {
      addresses = now
      await libp2p.peerStore.patch(libp2p.peerId, { multiaddrs: now.map((one) => multiaddr(one)) })
    },
    async [Symbol.asyncDispose]() {
      stop.abort()
      await running
      await libp2p.stop()
    },
  }
}

type TestNode = Awaited<ReturnType<typeof startNode>>

async function meet(one: TestNode, other: TestNode): Promise<void> {
  await one.libp2p.dial(other.node.components.transportManager.getAddrs())
}

async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const late = performance.now() + 20_000
  while (!(await holds())) {
    if (performance.now() > late) throw new Error(`never came true: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

proveAll(test, discoveryLaws, async () => {
  const [we, hub] = await Promise.all([startNode(), startNode()])
  hub.begin()
  await meet(we, hub)
  let other: TestNode | undefined
  const subject = {
    discovery: we.discovery,
    node: we.node,
    async appear(addresses: readonly string[]) {
      if (other !== undefined) {
        await other.say(addresses)
        return other.self
      }
      other = await startNode({}, addresses)
      other.begin()
      await meet(other, hub)
      await until(() => hub.found.has(other!.self) || knows(hub, other!), 'the hub knows the other')
      return other.self
    },
    /** What no table can hold; and the hub tells us of ourselves, as it does with everybody. */
    async litter() {
      const [connection] = we.libp2p.getConnections()
      const stream = await hub.libp2p.dialProtocol(we.libp2p.getMultiaddrs(), '/palabre/kad/1.0.0').catch(() => undefined)
      stream?.send(new Uint8Array(64).fill(0xff))
      assert.ok(connection)
    },
    move() {},
  }
  return {
    subject,
    async close() {
      await we[Symbol.asyncDispose]()
      await other?.[Symbol.asyncDispose]()
      await hub[Symbol.asyncDispose]()
    },
  }
})

async function knows(one: TestNode, other: TestNode): Promise<boolean> {
  return one.libp2p.peerStore.has(other.libp2p.peerId)
}

test('who only asks is found by those who know its id, and by nobody else', async () => {
  await using hub = await startNode()
  await using one = await startNode({ mode: 'client' })
  await using other = await startNode({ mode: 'client' })
  await using bystander = await startNode({ mode: 'client' })
  for (const node of [hub, one, other, bystander]) node.begin()
  for (const node of [one, other, bystander]) await meet(node, hub)
  const signal = AbortSignal.timeout(20_000)
  await until(async () => (await one.discovery.seek!(other.self, signal)) !== undefined, 'one finds the other')
  const found = await one.discovery.seek!(other.self, signal)
  assert.is(found!.peer, other.self)
  assert.equal(
    found!.addresses,
    other.libp2p.getMultiaddrs().map((address) => address.toString().split('/p2p/')[0]),
  )
  assert.not.ok(bystander.found.has(other.self))
  const stranger = peerIdFromPrivateKey(await generateKeyPair('Ed25519')).toString()
  assert.is(await one.discovery.seek!(stranger, signal), undefined)
})

test('who does not announce is not found', async () => {
  await using hub = await startNode()
  await using one = await startNode({ mode: 'client' })
  await using shy = await startNode({ mode: 'client', announce: false })
  await using open = await startNode({ mode: 'client' })
  for (const node of [hub, one, shy, open]) node.begin()
  for (const node of [one, shy, open]) await meet(node, hub)
  const signal = AbortSignal.timeout(20_000)
  await until(async () => (await one.discovery.seek!(open.self, signal)) !== undefined, 'the open one is found')
  assert.is(await one.discovery.seek!(shy.self, signal), undefined)
})

test('addresses that are not for everybody do not reach the table', async () => {
  await using one = await startNode({}, ['/ip4/10.1.2.3/tcp/1', '/ip4/9.9.9.9/tcp/1'])
  const { addressManager, peerId } = ourParts(one.node.components, (address) => !address.toString().startsWith('/ip4/10.'))
  assert.equal(addressManager.getAddresses().map(String), ['/ip4/9.9.9.9/tcp/1'])
  assert.is(peerId.toString(), one.self)
  assert.ok(Array.isArray(addressManager.getListenAddrs()))
})

test('without find running, nobody is sought', async () => {
  assert.is(await distributedTable({ ...settings, clock: hasty, log }).seek!('nobody', AbortSignal.timeout(1)), undefined)
})

test('a place tells neither the id nor yesterday’s place, and is the same for all who know the id', async () => {
  const noon = Date.UTC(2026, 5, 1, 12)
  const peer = '12D3KooWHHzSeKaY8xuZVzkLbKFfvNgPPeKhFBGrMbNzbm5akpqu'
  const place = await placeOf(peer, noon)
  assert.ok(place.equals(await placeOf(peer, noon + 60_000)))
  assert.not.ok(place.equals(await placeOf(peer, noon - 86_400_000)))
  assert.not.ok(place.equals(await placeOf(peer.replace('W', 'X'), noon)))
  assert.not.ok(Buffer.from(place.bytes).includes(Buffer.from(peerIdOf(peer))))
  assert.is((await placesOf(peer, noon)).length, 1)
  const midnight = await placesOf(peer, Date.UTC(2026, 5, 2))
  assert.is(midnight.length, 2)
  assert.ok(midnight[0]!.equals(await placeOf(peer, noon)))
  assert.ok(midnight[1]!.equals(await placeOf(peer, noon + 86_400_000)))
})

const peerIdOf = (peer: string) => multiaddr(`/p2p/${peer}`).bytes.slice(-32)

test('records are bounded in number and size', () => {
  const records = new BoundedRecords(3)
  const names = () => [...(records._allKeys({}) as Iterable<Key>)].map(String)
  const key = (name: string | number) => new Key(`/${name}`)
  for (let index = 0; index < 10; index++) records.put(key(index), new Uint8Array(1))
  assert.equal(names(), ['/7', '/8', '/9'])
  records.put(key(7), new Uint8Array(2))
  records.put(key('new'), new Uint8Array(1))
  assert.equal(names().toSorted(), ['/7', '/9', '/new'])
  records.put(key('long'), new Uint8Array(5_000))
  assert.not.ok(records.has(key('long')))
  records.delete(key(7))
  records.put(key('a'), new Uint8Array(1))
  assert.equal(names().toSorted(), ['/9', '/a', '/new'])
})

test.run()
