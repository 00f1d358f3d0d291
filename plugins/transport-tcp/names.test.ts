import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { defaultLogger } from '@libp2p/logger'
import { multiaddr } from '@multiformats/multiaddr'
import { definePlugin, isPalabreError } from '@palabre/sdk'
import { pairOver } from '@palabre/sdk/conformance/transport-pair'
import { Resolver, type Names } from '@palabre/sdk/contract/resolver'
import { testPlugin } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createTcp } from './tcp-transport.ts'

const beside = (id: string) => new URL(`../${id}`, import.meta.url).pathname

/** Knows one name that nobody else knows. */
function tree() {
  const asked: string[] = []
  const names: Names = {
    async addresses(host) {
      asked.push(host)
      return host === 'tree.invalid' ? [{ address: '127.0.0.1', family: 4 }] : []
    },
    texts: async () => [],
  }
  return { names, asked }
}

test('a socket asks whom it is told to ask for the address of a name', async () => {
  const { names, asked } = tree()
  const server = createServer((socket) => void socket.on('error', () => undefined).end()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const arrived = once(server, 'connection')
  const { port } = server.address() as AddressInfo
  const transport = createTcp({ logger: defaultLogger() }, names)
  const upgrader = { upgradeOutbound: () => Promise.reject(new Error('far enough')) } as never
  const dial = (address: string) =>
    transport.dial(multiaddr(address), { signal: AbortSignal.timeout(5_000), upgrader }).then(
      () => 'a connection',
      (error: Error) => error.message,
    )
  assert.is(await dial(`/dns4/tree.invalid/tcp/${port}`), 'far enough')
  await arrived
  assert.match(await dial(`/dns4/stone.invalid/tcp/${port}`), 'stone.invalid has no address')
  assert.equal(asked, ['tree.invalid', 'stone.invalid'])
  server.close()
  await once(server, 'close')
})

for (const on of [true, false]) {
  test(
    on ? 'a name leads to a link while a resolver is on' : 'while no resolver is on a name leads nowhere, and it is said why',
    async () => {
      const { names, asked } = tree()
      const resolver = definePlugin({
        provides: { resolver: Resolver },
        start: () => ({ resolver: { name: 'tree', rank: 1, ...names } }),
      })
      const { subject, close } = await pairOver({
        plugins: [
          import.meta.dirname,
          beside('channel-noise'),
          beside('network-libp2p'),
          beside('overlay-memory-none'),
          beside('clock-system'),
          testPlugin('resolver-tree', resolver),
        ],
        plugin: 'transport-tcp',
        transport: 'tcp',
        config: { 'transport-tcp': { listen: ['/ip4/127.0.0.1/tcp/0'] } },
        offHere: on ? [] : ['resolver-tree'],
        around: async () => ({ nobody: { address: '/ip4/127.0.0.1/tcp/1', codes: [] } }),
      })()
      try {
        const address = subject.there.addresses()[0]!.replace('/ip4/127.0.0.1/', '/dns4/tree.invalid/')
        const outcome: unknown = await subject.here.dial(address).catch((error: unknown) => error)
        if (on) {
          assert.is(subject.here.links()[0]?.peer, subject.there.self)
          assert.equal(asked, ['tree.invalid'])
        } else {
          assert.ok(isPalabreError(outcome))
          assert.is(outcome.code, 'switched-off')
          assert.match(outcome.text.en, 'no resolver is on to look up tree.invalid')
          assert.equal(asked, [])
        }
      } finally {
        await close()
      }
    },
  )
}

test.run()
