import { gossipsub, type GossipSub } from '@libp2p/gossipsub'
import { generateKeyPair } from '@libp2p/crypto/keys'
import { identify, identifyPush } from '@libp2p/identify'
import { start, stop } from '@libp2p/interface'
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
import { createLibp2p } from 'libp2p'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { encodeEvent, topic } from './event.ts'
import { presence, type PresenceSettings } from './presence.ts'

const log = { debug() {}, warn() {} } as unknown as Log

const real: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(signal.reason)
      const quit = () => {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', quit)
        resolve()
      }, ms)
      signal?.addEventListener('abort', quit, { once: true })
    }),
}

const settings: PresenceSettings = { reach: 'local', announce: true, every: 240 }

/** A real node on loopback that gossips; `say` is what it tells of its addresses. */
async function startNode(given: Partial<PresenceSettings> = {}, say?: readonly string[]) {
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
  const discovery = presence({ ...settings, ...given, clock: real, log })
  const found = new Set<string>()
  const heard = new Set<string>()
  let running: Promise<void> | undefined
  return {
    libp2p,
    node,
    discovery,
    self,
    found,
    addresses: heard,
    begin() {
      running ??= (async () => {
        for await (const { peer, addresses } of discovery.find({ ...node, signal: stop.signal })) {
          found.add(peer)
          for (const one of addresses) heard.add(one)
        }
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
  const [we, hub] = await Promise.all([startNode(), startNode({}, [])])
  hub.begin()
  await meet(we, hub)
  let other: TestNode | undefined
  let junk: AsyncDisposable | undefined
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
      return other.self
    },
    async litter() {
      const vandal = await startNode({}, [])
      const gossip = rawGossip(vandal)
      await start(gossip)
      gossip.subscribe(topic)
      await meet(vandal, hub)
      await until(() => gossip.getSubscribers(topic).length > 0, 'the vandal has a neighbour')
      for (const one of [
        new Uint8Array(0),
        new Uint8Array(60).fill(0xff),
        encodeEvent({ time: Date.now(), asks: true }, [multiaddr(`/p2p/${we.self}`)]),
      ])
        await gossip.publish(topic, one)
      junk = {
        async [Symbol.asyncDispose]() {
          await stop(gossip)
          await vandal[Symbol.asyncDispose]()
        },
      }
    },
    move() {},
  }
  return {
    subject,
    async close() {
      await junk?.[Symbol.asyncDispose]()
      await we[Symbol.asyncDispose]()
      await other?.[Symbol.asyncDispose]()
      await hub[Symbol.asyncDispose]()
    },
  }
})

function rawGossip({ node }: TestNode): GossipSub {
  return gossipsub({ allowPublishToZeroTopicPeers: true, fallbackToFloodsub: false })(node.components)
}

test('who comes last is found by those who were there, who are found by it', async () => {
  await using hub = await startNode({}, [])
  await using one = await startNode()
  await using other = await startNode()
  for (const node of [hub, one]) node.begin()
  await meet(one, hub)
  await until(() => hub.found.has(one.self), 'the hub heard the first')
  other.begin()
  await meet(other, hub)
  await until(() => one.found.has(other.self), 'the first heard the last')
})

test('a new neighbour is told, though nothing has changed and the time has not come', async () => {
  await using one = await startNode()
  await using first = await startNode({ announce: false })
  await using second = await startNode({ announce: false })
  for (const node of [one, first, second]) node.begin()
  await meet(one, first)
  await until(() => first.found.has(one.self), 'the first neighbour heard')
  await meet(one, second)
  await until(() => second.found.has(one.self), 'the second neighbour heard')
})

test('who does not announce hears and is not heard', async () => {
  await using shy = await startNode({ announce: false })
  await using open = await startNode()
  for (const node of [shy, open]) node.begin()
  await meet(shy, open)
  await until(() => shy.found.has(open.self), 'the shy one heard')
  assert.is(open.found.size, 0)
})

test('in the wide network no address of a local one is said or believed', async () => {
  await using one = await startNode({ reach: 'wide' }, ['/ip4/10.1.2.3/tcp/1', '/ip4/9.9.9.9/tcp/1'])
  await using local = await startNode({ announce: false })
  for (const node of [one, local]) node.begin()
  await meet(one, local)
  await until(() => local.found.has(one.self), 'it is heard')
  assert.equal([...local.addresses], ['/ip4/9.9.9.9/tcp/1'])
})

test('many behind one address hear each other', async () => {
  await using hub = await startNode({}, [])
  const all = await Promise.all(Array.from({ length: 12 }, () => startNode()))
  try {
    for (const node of [hub, ...all]) node.begin()
    for (const node of all) await meet(node, hub)
    await until(() => all.every((one) => hub.found.has(one.self)), 'the hub heard all twelve')
    await until(
      () => all.every((one) => one.found.size >= all.length - 1 || one.found.has(all.at(-1)!.self) || one === all.at(-1)),
      'all heard the last',
    )
  } finally {
    for (const one of all) await one[Symbol.asyncDispose]()
  }
})

test('another topic is not carried, and a neighbour that speaks nonsense loses its standing', async () => {
  await using hub = await startNode({}, [])
  await using vandal = await startNode({}, [])
  hub.begin()
  const gossip = rawGossip(vandal)
  await start(gossip)
  gossip.subscribe('chat')
  gossip.subscribe(topic)
  await meet(vandal, hub)
  await until(() => gossip.getSubscribers(topic).length === 1, 'the hub takes presence')
  assert.equal(gossip.getSubscribers('chat'), [])
  await stop(gossip)
})

test.run()
