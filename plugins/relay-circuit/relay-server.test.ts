import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { multiaddr, type Multiaddr } from '@multiformats/multiaddr'
import { relayServer } from './relay-server.ts'

const settings = { reservations: 2, megabytes: 1, minutes: 1, hours: 1, announce: ['/ip4/203.0.113.7/tcp/4001'], observe: true }

/** What the server is told of its node, and what it tells it. */
function node() {
  const announced = new Set<string>()
  const answered = new Set<string>()
  const silent = Object.assign(() => undefined, { error: () => undefined, trace: () => undefined, enabled: false })
  const components = {
    announced,
    answered,
    events: new EventTarget(),
    logger: { forComponent: () => silent },
    registrar: {
      handle: (protocol: string) => Promise.resolve(void answered.add(protocol)),
      unhandle: (protocol: string) => Promise.resolve(void answered.delete(protocol)),
    },
    addressManager: {
      confirmObservedAddr: (address: Multiaddr) => void announced.add(address.toString()),
      removeObservedAddr: (address: Multiaddr) => void announced.delete(address.toString()),
    },
  }
  return components
}

test('while it runs it answers guests and tells the addresses of the settings, and afterwards neither', async () => {
  const components = node()
  const server = relayServer(settings)(components as unknown as Parameters<ReturnType<typeof relayServer>>[0])
  assert.equal([...components.announced], [])
  await server.start()
  assert.equal([...components.announced], settings.announce)
  assert.equal([...components.answered], ['/libp2p/circuit/relay/0.2.0/hop'])
  await server.stop()
  assert.equal([...components.announced, ...components.answered], [])
})

test('an address that is none is told before anything starts', () => {
  assert.throws(() => relayServer({ ...settings, announce: ['/ip4/nowhere'] }))
})

/** A peer that came from there says where it reached us. */
const identified = (from: string, peer: string, observed: string, direction = 'inbound') =>
  new CustomEvent('peer:identify', {
    detail: {
      observedAddr: multiaddr(observed),
      connection: { direction, remoteAddr: multiaddr(`/ip4/${from}/tcp/40000`), remotePeer: { toString: () => peer } },
    },
  })

test('an address at which two peers of different networks reached us is announced, and on the word of one it is not', async () => {
  const components = node()
  const server = relayServer({ ...settings, announce: [] })(components as unknown as Parameters<ReturnType<typeof relayServer>>[0])
  await server.start()
  const tell = (...event: Parameters<typeof identified>) => components.events.dispatchEvent(identified(...event))
  const forged = '/ip4/203.0.113.9/tcp/1'
  for (const peer of ['one', 'two', 'three']) tell('198.51.100.1', peer, forged)
  tell('198.51.7.7', 'four', forged)
  tell('192.0.2.1', 'five', forged, 'outbound')
  assert.equal([...components.announced], [])
  tell('198.51.100.1', 'one', '/ip4/203.0.113.7/tcp/4001')
  tell('192.0.2.1', 'five', '/ip4/203.0.113.7/tcp/4001')
  assert.equal([...components.announced], ['/ip4/203.0.113.7/tcp/4001'])
  await server.stop()
  assert.equal([...components.announced], [])
  tell('192.0.2.1', 'five', forged)
  assert.equal([...components.announced], [])
})

test('where addresses are named, and where it is switched off, nothing is taken from peers', async () => {
  for (const more of [{}, { announce: [], observe: false }]) {
    const components = node()
    const server = relayServer({ ...settings, ...more })(components as unknown as Parameters<ReturnType<typeof relayServer>>[0])
    await server.start()
    const before = [...components.announced]
    for (const from of ['198.51.100.1', '192.0.2.1'])
      components.events.dispatchEvent(identified(from, from, '/ip4/203.0.113.9/tcp/1'))
    assert.equal([...components.announced], before)
    await server.stop()
  }
})

test.run()
