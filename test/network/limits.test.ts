import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { definePlugin, isPalabreError, type HostKind } from '@palabre/sdk'
import type { Link } from '@palabre/sdk/contract/link'
import { OverlayService } from '@palabre/sdk/contract/overlay-service'
import { testPlugin } from '@palabre/sdk/testkit'
import { peerIdFromString } from '@libp2p/peer-id'
import type { PeerStore } from '@libp2p/interface'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openBareNode } from './bare-node.ts'
import { letIn } from './let-in.ts'
import { openNode, type NodeOptions, type TestNode } from './nodes.ts'
import { steppedClock, type SteppedClock } from './stepped-clock.ts'
import { wayTo } from './way-between.ts'

test('as many connections as the settings say are let in, and the next when one has gone', async () => {
  await using node = await openNode({ config: { 'network-libp2p': { maxConnections: 3 } } })
  await using first = await openBareNode()
  await using second = await openBareNode()
  assert.is(await letIn(first, node, 2), 2)
  assert.is(await letIn(second, node, 3), 1)
  await first[Symbol.asyncDispose]()
  await using third = await openBareNode()
  // The node hears of the end a moment later.
  for (let n = 0; n < 100 && (await letIn(third, node, 1)) === 0; n++);
  assert.is(await letIn(third, node, 1), 1)
})

for (const [host, most] of [
  ['desktop', 100],
  ['web', 50],
] as [HostKind, number][]) {
  test(`where nothing is set, the ${host} has ${most} connections at most`, async () => {
    await using node = await openNode({ host, roads: ['memory'] })
    await using crowd = await openBareNode('memory')
    assert.is(await letIn(crowd, node, most + 2), most)
  })
}

test('who has as many connections as allowed dials nobody, and reads what to do', async () => {
  await using a = await openNode({ config: { 'network-libp2p': { maxConnections: 1 } } })
  await using b = await openNode()
  await using c = await openNode()
  const link = await a.network.dial(b.network.addresses())
  const refused: unknown = await a.network.dial(c.network.addresses()).catch((error: unknown) => error)
  assert.ok(isPalabreError(refused))
  assert.is(refused.code, 'unreachable')
  assert.match(refused.todo!.en, 'maxConnections')
  assert.is(link.state, 'up')
})

/** How many of so many raw connections that come at once from one address are answered and not cut. */
async function answered(address: string, from: string, tries: number): Promise<number> {
  const port = Number(/\/tcp\/(\d+)/.exec(address)![1])
  const sockets = Array.from({ length: tries }, () => connect({ port, host: '127.0.0.1', localAddress: from }))
  const outcomes = await Promise.all(sockets.map(outcome))
  for (const socket of sockets) socket.destroy()
  return outcomes.filter(Boolean).length
}

/** Says hello as libp2p does: true when it is heard. */
function outcome(socket: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    socket.on('error', () => resolve(false))
    socket.on('close', () => resolve(false))
    socket.on('data', () => resolve(true))
    socket.write(Buffer.from('\x13/multistream/1.0.0\n', 'latin1'))
  })
}

test('five new connections a second from one address are let in, or as many as the settings say; others are not kept out', async () => {
  for (const [inboundPerSecond, most] of [
    [undefined, 5],
    [2, 2],
  ] as const) {
    await using node = await openNode({ config: { 'network-libp2p': { inboundPerSecond } } })
    const [address] = node.network.addresses()
    const count = await answered(address!, '127.0.0.66', 20)
    // Twice as many when a second ends in the middle.
    assert.ok(count >= most && count <= 2 * most, `${count} of 20`)
    assert.is(await answered(address!, '127.0.0.67', 1), 1)
  }
})

/** A node whose time is the test's. */
async function openTimed(clock: SteppedClock, options: NodeOptions = {}): Promise<TestNode> {
  const node = await openNode({ ...options, clock: clock.plugin })
  return { ...node, [Symbol.asyncDispose]: () => clock.until(node[Symbol.asyncDispose]()) }
}

test('a dial that nobody answers is given up after ten seconds', async () => {
  const silent = createServer().listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const clock = steppedClock()
  await using node = await openTimed(clock)
  const before = clock.passed()
  const dialling = node.network.dial(`/ip4/127.0.0.1/tcp/${(silent.address() as AddressInfo).port}`)
  const error: unknown = await clock.until(dialling.catch((reason: unknown) => reason))
  assert.ok(isPalabreError(error))
  assert.is(error.code, 'timed-out')
  const ms = clock.passed() - before
  assert.ok(ms >= 10_000 && ms < 12_000, `${ms} ms`)
  silent.close()
})

test('a link that cannot come back is given up after thirty seconds, and says so', async () => {
  const clock = steppedClock()
  await using a = await openTimed(clock)
  const b = await openNode()
  await using way = await wayTo(b.network.addresses()[0]!)
  const link: Link = await clock.until(a.network.dial(`${way.address}/p2p/${b.network.self}`))
  way.silence()
  await b[Symbol.asyncDispose]()
  way.shut()
  way.cut()
  const before = clock.passed()
  const end = await clock.until(link.closed)
  assert.equal([end.orderly, end.code], [false, 'unreachable'])
  assert.match(end.text.en, /cannot be reached/)
  const ms = clock.passed() - before
  assert.ok(ms >= 30_000 && ms < 60_000, `${ms} ms`)
  assert.equal(a.network.links(), [])
})

test('a connection that serves nobody is let go after fifteen seconds, unless some part of the node wants the peer', async () => {
  const held: { peerStore?: PeerStore } = {}
  const keeper: OverlayService = {
    name: 'keeper',
    create(components: { peerStore: PeerStore }) {
      held.peerStore = components.peerStore
      return { start() {}, stop() {} }
    },
  }
  const clock = steppedClock()
  const service = definePlugin({ provides: { keeper: OverlayService }, start: () => ({ keeper }) })
  await using node = await openTimed(clock, { plugins: [testPlugin('test-keeper', service)] })
  await using stranger = await openBareNode()
  await using guest = await openBareNode()
  const [address] = node.network.addresses()
  const [unused, wanted] = [await stranger.connect(address!), await guest.connect(address!)]
  await held.peerStore!.merge(peerIdFromString(guest.self), { tags: { guest: { value: 1 } } })
  const before = clock.passed()
  await clock.until(new Promise((resolve) => unused.addEventListener('close', resolve)))
  const ms = clock.passed() - before
  assert.ok(ms >= 15_000 && ms < 60_000, `${ms} ms`)
  assert.is(wanted.status, 'open')
})

const streamsPerProtocol = 24

test('one connection has so many streams of a protocol open towards us, and we towards it; the others are not touched', async () => {
  await using node = await openNode()
  using _held = node.network.protocol('/test/held/1', () => new Promise(() => undefined))
  await using greedy = await openBareNode()
  const connection = await greedy.connect(node.network.addresses()[0]!)
  const streams = []
  for (let n = 0; n < streamsPerProtocol + 1; n++)
    streams.push(await connection.newStream('/test/held/1', { maxOutboundStreams: 1_000 }))
  const last = streams.at(-1)!
  if (last.status === 'open') await new Promise((resolve) => last.addEventListener('close', resolve))
  assert.is(streams.filter(({ status }) => status === 'open').length, streamsPerProtocol)

  await using honest = await openNode()
  await honest.network.dial(node.network.addresses())
  for (let n = 0; n < streamsPerProtocol; n++) await honest.network.open(node.network.self, '/test/held/1')
  const refused: unknown = await honest.network.open(node.network.self, '/test/held/1').catch((error: unknown) => error)
  assert.ok(isPalabreError(refused))
  assert.match(refused.message, `${streamsPerProtocol} streams of /test/held/1`)
})

test.run()
