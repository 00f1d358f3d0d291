import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import type { Upgrader } from '@libp2p/interface'
import { defaultLogger } from '@libp2p/logger'
import type { RelayedLink } from '@palabre/sdk/contract/upgrade'
import { fakeClock } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { tcpPunch } from './tcp-punch.ts'

const log = { trace() {}, debug() {}, info() {}, warn() {}, error() {} }

/** As libp2p's with somebody silent: until the signal, and a little longer. */
const patient = {
  upgradeOutbound: (_connection, { signal }) =>
    new Promise((_, reject) => signal?.addEventListener('abort', () => setImmediate(() => reject(signal.reason)))),
} as Pick<Upgrader, 'upgradeOutbound'>

test('one that was called off and is on its way out keeps the next one from nothing', async () => {
  const relay = createServer((socket) => void socket.on('error', () => undefined)).listen(0, '127.0.0.1')
  await once(relay, 'listening')
  const { port } = relay.address() as AddressInfo
  const address = `/ip4/127.0.0.1/tcp/${port}/p2p/12D3KooWAbTsXUYSgU1vbtAL8GsXVuXtnk4t5NQZ5dLbAoZZJNcS/p2p-circuit`
  const create = tcpPunch(fakeClock(), log)
  const components = { upgrader: patient, events: new EventTarget(), logger: defaultLogger() }
  const punch = create(components as Parameters<typeof create>[0])
  const begin = async () => {
    const off = new AbortController()
    const called = once(relay, 'connection')
    const link = { peer: 'P', opener: true, address, signal: off.signal }
    const how = punch.upgrade(link as unknown as RelayedLink).catch((error: unknown) => error)
    assert.is(await Promise.race([called.then(() => 'knocked'), how]), 'knocked')
    return { off, how }
  }
  const first = await begin()
  first.off.abort(new Error('our addresses changed'))
  const second = await begin()
  second.off.abort(new Error('it is enough'))
  for (const { how } of [first, second]) assert.instance(await how, Error)
  relay.close()
  await once(relay, 'close')
})

test.run()
