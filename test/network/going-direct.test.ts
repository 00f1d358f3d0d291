import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import type { Connection, PeerId, Startable, Stream } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { definePlugin } from '@palabre/sdk'
import { Ice } from '@palabre/sdk/contract/ice'
import { Resolver } from '@palabre/sdk/contract/resolver'
import type { Link, Path } from '@palabre/sdk/contract/link'
import { fakeClock, openTestKernel, pluginFolder, testPlugin, type TestPlugin } from '@palabre/sdk/testkit'
import { OverlayService } from '@palabre/sdk/contract/overlay-service'
import { addressOf } from './addresses.ts'
import { inOwnNetwork } from './in-own-network.ts'
import { folderOf, openNode } from './nodes.ts'
import { startNode } from './test-node.ts'
import { plain, quiet, says, threeOf } from './three.ts'

/** The path once it passes, now or when it changes. */
function pathOf(link: Link, passes: (path: Path) => boolean): Promise<Path> {
  return new Promise((found) => {
    const look = () => {
      if (link.state !== 'up' || !passes(link.path)) return
      watching[Symbol.dispose]()
      found(link.path)
    }
    const watching = link.watch(look)
    look()
  })
}

/** What transport-webrtc lends to who connects by hand. */
async function openIce(more: readonly TestPlugin[] = [], stun: readonly string[] = []) {
  const held: { ice?: Ice } = {}
  const hands = definePlugin({ needs: { ice: Ice }, start: ({ ice }) => void (held.ice = ice) })
  const folders = await Promise.all(['clock-system', 'transport-webrtc'].map((one) => pluginFolder(folderOf(one))))
  const plugins = [...folders, ...more, testPlugin('test-hands', hands)]
  const kernel = await openTestKernel({ plugins, clock: fakeClock(), config: { 'transport-webrtc': { stun } } })
  await kernel.start()
  return { ice: held.ice!, [Symbol.asyncDispose]: () => kernel.stop() }
}

interface WithConnections {
  readonly connectionManager: { getConnections(peer: PeerId): Connection[] }
}

/** Whether anything is said to this; a stream that is taken from us, sooner or later, is not an answer. */
async function isAnswered(stream: Stream, said: Uint8Array): Promise<boolean> {
  try {
    stream.send(said)
    return (await stream[Symbol.asyncIterator]().next()).done !== true
  } catch {
    return false
  }
}

/** WebRTC speaks from every address of the machine but loopback. */
inOwnNetwork(import.meta.filename, () => {
  test('a relayed link becomes direct by WebRTC and goes on when the relay is gone', async () => {
    await using three = await threeOf(['transport-webrtc', 'upgrade-webrtc'])
    const { anna, boris, relay } = three
    const link = await boris.network.dial(await addressOf(anna.network, plain))
    await says(boris, anna, 1)
    const theirs = anna.network.links()[0]!
    const paths = await Promise.all([link, theirs].map((one) => pathOf(one, ({ transport }) => transport === 'webrtc')))
    for (const { kind, address } of paths) {
      assert.ok(kind === 'direct' || kind === 'lan', kind)
      assert.match(address, /^\/ip[46]\/[^/]+\/udp\/\d+\/webrtc\//)
    }
    await relay[Symbol.asyncDispose]()
    await says(boris, anna, 3)
    await says(anna, boris, 4)
    assert.is(link.state, 'up')
  })

  test('a way that is switched on leads from the relay at once, though it brings no address', async () => {
    await using relay = await startNode(['relay-circuit'])
    const relays = { relays: relay.network.addresses() }
    await using anna = await startNode(['transport-relay', 'transport-webrtc'], { ...quiet, 'transport-relay': relays })
    await using boris = await startNode(['transport-relay', 'transport-webrtc', 'upgrade-webrtc'], quiet)
    await boris.disable('transport-webrtc')
    const link = await boris.network.dial(await addressOf(anna.network, plain))
    await says(boris, anna, 1)
    assert.is(link.path.kind, 'relayed')
    await boris.enable('transport-webrtc')
    await pathOf(link, ({ transport }) => transport === 'webrtc')
    await says(boris, anna, 2)
  })

  for (const hides of [true, false]) {
    test(hides ? 'who is hidden tells a punch nothing' : 'who is not hidden tells a punch where it is', async () => {
      const parts: { components?: WithConnections } = {}
      const eyes = definePlugin({
        provides: { service: OverlayService },
        start: () => ({ service: { name: 'eyes', create: (all: WithConnections) => ((parts.components = all), {} as Startable) } }),
      })
      await using relay = await startNode(['relay-circuit'])
      const relays = { relays: relay.network.addresses() }
      await using anna = await startNode(['transport-relay', 'upgrade-tcp-punch'], { ...quiet, 'transport-relay': relays })
      await using boris = await openNode({ plugins: ['transport-relay', testPlugin('test-eyes', eyes)], config: quiet })
      using _hiding = hides ? anna.network.hideFrom(boris.network.self) : undefined
      await boris.network.dial(await addressOf(anna.network, plain))
      const [connection] = parts.components!.connectionManager.getConnections(peerIdFromString(anna.network.self))
      const stream = await connection!.newStream('/palabre/tcp-punch/1', { runOnLimitedConnection: true })
      const { bytes } = multiaddr('/ip4/10.77.0.2/tcp/40001')
      assert.is(await isAnswered(stream, Uint8Array.of(bytes.length, ...bytes)), !hides)
      stream.abort(new Error('it is enough'))
    })
  }

  test('two connect by hand, with what they tell each other and nobody between', async () => {
    await using open = await openIce()
    const { ice } = open
    const candidates = await ice.gather()
    assert.ok(candidates.length > 0 && candidates.every(({ type }) => type === 'host'))
    using offer = await ice.offer()
    using answer = await ice.answer(offer.description)
    const [ours, theirs] = await Promise.all([offer.accept(answer.description), answer.channel()])
    assert.ok((await ours.rtt()) >= 0)
    assert.ok((await theirs.rtt()) >= 0)
    assert.ok(['host', 'prflx'].includes(ours.pair!.remote.type))
    ours[Symbol.dispose]()
    assert.is(await ours.rtt().catch((error: { code: string }) => error.code), 'closed')
  })

  for (const on of [true, false]) {
    test(
      on ? 'names of servers are looked up by a resolver that is on' : 'without a resolver no server with a name is asked',
      async () => {
        const server = createSocket('udp4').bind(0, '10.77.0.1')
        await once(server, 'listening')
        const asked: string[] = []
        const addresses: Resolver['addresses'] = async (host) => {
          asked.push(host)
          return host === 'tree.example' ? [{ address: '10.77.0.1', family: 4 }] : []
        }
        const resolver: Resolver = { name: 'tree', rank: 1, addresses, texts: async () => [] }
        const plugin = definePlugin({ provides: { resolver: Resolver }, start: () => ({ resolver }) })
        await using open = await openIce(on ? [testPlugin('resolver-tree', plugin)] : [], [
          `stun:tree.example:${server.address().port}`,
        ])
        const question = once(server, 'message')
        const quit = new AbortController()
        const gathering = open.ice.gather({ signal: quit.signal })
        if (on) {
          const [request] = (await question) as [Buffer]
          // RFC 5389: a binding request, and the magic cookie.
          assert.equal([request.readUInt16BE(0), request.readUInt32BE(4)], [1, 0x2112a442])
          quit.abort()
          await gathering.catch(() => undefined)
        } else assert.ok((await gathering).every(({ type }) => type === 'host'))
        assert.equal(asked, on ? ['tree.example'] : [])
        server.close()
      },
    )
  }

  test('what is no offer is refused', async () => {
    await using open = await openIce()
    const code = await open.ice.answer('hello').then(
      () => 'taken',
      (error: { code: string }) => error.code,
    )
    assert.is(code, 'bad-argument')
  })
})
