import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Link, Path } from '@palabre/sdk/contract/link'
import { addressOf } from './addresses.ts'
import { startNode, type TestNode } from './test-node.ts'

const quiet = { 'transport-tcp': { listen: [] } }
const plain = (address: string) => address.includes('/p2p-circuit') && !address.includes('/webrtc')

/** A relay, and two who listen nowhere themselves; the first has a seat at it. */
async function threeOf(parts: readonly string[], config: object = {}) {
  const relay = await startNode(['relay-circuit'])
  const anna = await startNode(['transport-relay', ...parts], {
    ...quiet,
    'transport-relay': { relays: relay.network.addresses() },
    ...config,
  })
  const boris = await startNode(['transport-relay', ...parts], { ...quiet, ...config })
  return {
    relay,
    anna,
    boris,
    async [Symbol.asyncDispose]() {
      await boris[Symbol.asyncDispose]()
      await anna[Symbol.asyncDispose]()
      await relay[Symbol.asyncDispose]()
    },
  }
}

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

async function says(from: TestNode, to: TestNode, byte: number): Promise<void> {
  const there = to.network.links().find(({ peer }) => peer === from.network.self)!
  await from.network
    .links()
    .find(({ peer }) => peer === to.network.self)!
    .send(Uint8Array.of(byte))
  const { value } = await there.frames[Symbol.asyncIterator]().next()
  assert.equal(value, Uint8Array.of(byte))
}

test('two who listen nowhere talk through a relay, and both see that they do', async () => {
  await using three = await threeOf([])
  const { anna, boris } = three
  const link = await boris.network.dial(await addressOf(anna.network, plain))
  await says(boris, anna, 1)
  await says(anna, boris, 2)
  const theirs = anna.network.links()[0]!
  for (const { path } of [link, theirs]) assert.equal([path.kind, path.transport], ['relayed', 'relay'])
})

test('switching the relay off ends what it carries and the address at it', async () => {
  await using three = await threeOf([])
  const { anna, boris, relay } = three
  const link = await boris.network.dial(await addressOf(anna.network, plain))
  const lost = new Promise<void>((done) => link.watch(({ state }) => state !== 'up' && done()))
  await relay.disable('relay-circuit')
  await lost
})

test('a relay that dies is replaced by the next', async () => {
  await using first = await startNode(['relay-circuit'])
  await using second = await startNode(['relay-circuit'])
  const relays = [first, second].flatMap(({ network }) => network.addresses())
  await using anna = await startNode(['transport-relay'], { ...quiet, 'transport-relay': { relays, seats: 1 } })
  await addressOf(anna.network, (one) => one.includes(`${first.network.self}/p2p-circuit`))
  await first[Symbol.asyncDispose]()
  const address = await addressOf(anna.network, (one) => one.includes(`${second.network.self}/p2p-circuit`))
  assert.not.match(anna.network.addresses().join(), first.network.self)
  await using boris = await startNode(['transport-relay'], quiet)
  await boris.network.dial(address)
  await says(boris, anna, 1)
})

test('a full relay refuses, and its seat is free as soon as the guest has left', async () => {
  await using relay = await startNode(['relay-circuit'], { 'relay-circuit': { reservations: 1 } })
  const config = { ...quiet, 'transport-relay': { relays: relay.network.addresses() } }
  const anna = await startNode(['transport-relay'], config)
  await addressOf(anna.network, plain)
  await using boris = await startNode(['transport-relay'], config)
  await boris.logged('no seat at a relay')
  await anna[Symbol.asyncDispose]()
  await addressOf(boris.network, plain)
})

test('a link by webrtc-direct needs nobody in between', async () => {
  await using anna = await startNode(['transport-webrtc-direct'], {
    ...quiet,
    'transport-webrtc-direct': { listen: ['/ip4/127.0.0.1/udp/0/webrtc-direct'] },
  })
  await using boris = await startNode(['transport-webrtc-direct'], { ...quiet, 'transport-webrtc-direct': { listen: [] } })
  const link = await boris.network.dial(await addressOf(anna.network, (one) => one.includes('/webrtc-direct/certhash/')))
  await says(boris, anna, 1)
  assert.equal([link.path.kind, link.path.transport], ['lan', 'webrtc-direct'])
})

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

test.run()
