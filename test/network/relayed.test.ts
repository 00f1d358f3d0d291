import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { addressOf } from './addresses.ts'
import { startNode } from './test-node.ts'
import { plain, quiet, says, threeOf } from './three.ts'

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

test('switched off and on, webrtc-direct has the port again that the process holds', async () => {
  await using anna = await startNode(['transport-webrtc-direct'], {
    ...quiet,
    'transport-webrtc-direct': { listen: ['/ip4/127.0.0.1/udp/0/webrtc-direct'] },
  })
  await using boris = await startNode(['transport-webrtc-direct'], { ...quiet, 'transport-webrtc-direct': { listen: [] } })
  const ports = new Set<string>()
  for (let times = 0; times < 3; times++) {
    const address = await addressOf(anna.network, (one) => one.includes('/webrtc-direct/certhash/'))
    ports.add(address.split('/')[4]!)
    await (await boris.network.dial(address)).close()
    await anna.disable('transport-webrtc-direct')
    assert.equal(anna.network.addresses(), [])
    await anna.enable('transport-webrtc-direct')
  }
  assert.is(ports.size, 1)
})

test.run()
