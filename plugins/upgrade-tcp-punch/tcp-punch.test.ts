import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import type { Upgrader } from '@libp2p/interface'
import { defaultLogger } from '@libp2p/logger'
import type { RelayedLink } from '@palabre/sdk/contract/upgrade'
import { fakeClock } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { tcpPunch } from './tcp-punch.ts'

const log = { trace() {}, debug() {}, info() {}, warn() {}, error() {} }

/** Takes connections and never says a word. */
async function silentRelay() {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => void sockets.add(socket.on('error', () => undefined))).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `/ip4/127.0.0.1/tcp/${(server.address() as AddressInfo).port}/p2p/12D3KooWAbTsXUYSgU1vbtAL8GsXVuXtnk4t5NQZ5dLbAoZZJNcS`,
    called: () => once(server, 'connection'),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** As libp2p's with somebody silent: until the signal, and a little longer. */
const patient = {
  upgradeOutbound: (_connection, { signal }) =>
    new Promise((_, reject) => signal?.addEventListener('abort', () => setImmediate(() => reject(signal.reason)))),
} as Pick<Upgrader, 'upgradeOutbound'>

test('one that was called off and is on its way out keeps the next one from nothing', async () => {
  await using relay = await silentRelay()
  const create = tcpPunch(fakeClock(), log)
  const components = { upgrader: patient, events: new EventTarget(), logger: defaultLogger() }
  const punch = create(components as Parameters<typeof create>[0])
  const begin = async () => {
    const off = new AbortController()
    const called = relay.called()
    const link = { peer: 'P', opener: true, address: `${relay.address}/p2p-circuit`, signal: off.signal }
    const how = punch.upgrade(link as unknown as RelayedLink).catch((error: unknown) => error)
    assert.is(await Promise.race([called.then(() => 'knocked'), how]), 'knocked')
    return { off, how }
  }
  const first = await begin()
  first.off.abort(new Error('our addresses changed'))
  const second = await begin()
  second.off.abort(new Error('it is enough'))
  for (const { how } of [first, second]) assert.instance(await how, Error)
})

test.run()
