import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Multiaddr } from '@multiformats/multiaddr'
import { relayServer } from './relay-server.ts'

const settings = { reservations: 2, megabytes: 1, minutes: 1, hours: 1, announce: ['/ip4/203.0.113.7/tcp/4001'] }

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

test.run()
