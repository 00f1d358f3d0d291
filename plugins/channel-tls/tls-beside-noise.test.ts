import { registerHooks } from 'node:module'
import { definePlugin, isPalabreError } from '@palabre/sdk'
import { pairOver, type PairOptions } from '@palabre/sdk/conformance/transport-pair'
import { Channel } from '@palabre/sdk/contract/channel'
import { pluginFolder, testPlugin, type TestPlugin } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { plugin } from './index.ts'
import { lateTls } from './late-tls.ts'

const beside = (id: string) => new URL(`../${id}`, import.meta.url).pathname

/** The plugin itself, and how often a connection was encrypted by it. */
async function counted(): Promise<{ tls: TestPlugin; used: () => number }> {
  const { manifest } = await pluginFolder(import.meta.dirname)
  let used = 0
  const counting = definePlugin({
    provides: { channel: Channel },
    async start(needs, scope) {
      const { channel } = (await plugin.start(needs, scope)) as { channel: Channel }
      const create: Channel['create'] = (components, names) => {
        const one = channel.create(components, names)
        const secure = one.secureOutbound.bind(one)
        one.secureOutbound = (connection, options) => {
          used++
          return secure(connection, options)
        }
        return one
      }
      return { channel: { ...channel, create } }
    },
  })
  return { tls: testPlugin(manifest.id, counting, manifest), used: () => used }
}

async function overTcp(tls: string | TestPlugin, off: Pick<PairOptions, 'offHere' | 'offThere'> = {}) {
  const { subject, close } = await pairOver({
    plugins: [
      tls,
      beside('channel-noise'),
      beside('transport-tcp'),
      beside('network-libp2p'),
      beside('overlay-memory-none'),
      beside('clock-system'),
    ],
    plugin: 'transport-tcp',
    transport: 'tcp',
    config: { 'transport-tcp': { listen: ['/ip4/127.0.0.1/tcp/0'] } },
    ...off,
    around: async () => ({ nobody: { address: '/ip4/127.0.0.1/tcp/1', codes: [] } }),
  })()
  return { ...subject, [Symbol.asyncDispose]: close }
}

test('where both ends have Noise and TLS, Noise is taken, and the library of TLS is not even loaded', async () => {
  let isLoaded = false
  using _ = watchLoading('@libp2p/tls', () => (isLoaded = true))
  const { tls, used } = await counted()
  await using pair = await overTcp(tls)
  await pair.here.dial(pair.there.addresses())
  assert.is(used(), 0)
  assert.is(isLoaded, false)
  const library = await import('@libp2p/tls')
  assert.is(isLoaded, true, 'loading it is noticed')
  assert.is(lateTls({}, {} as never).protocol, library.PROTOCOL)
})

test('TLS is taken where one end has nothing else, and carries frames both ways', async () => {
  const { tls, used } = await counted()
  await using pair = await overTcp(tls, { offThere: ['channel-noise'] })
  const near = await pair.here.dial(pair.there.addresses())
  assert.is(near.peer, pair.there.self)
  assert.is(used(), 1)
  await near.send(new Uint8Array(60_000).fill(7))
  const [far] = pair.there.links()
  const { value } = await far!.frames[Symbol.asyncIterator]().next()
  assert.equal(value, new Uint8Array(60_000).fill(7))
  assert.ok((await near.rtt()) >= 0)
})

for (const [offHere, offThere] of [
  [['channel-tls'], ['channel-noise']],
  [['channel-noise'], ['channel-tls']],
] as const) {
  test(`without ${offHere.join()} here and ${offThere.join()} there no link stands, and it is said why`, async () => {
    await using pair = await overTcp(import.meta.dirname, { offHere, offThere })
    const error: unknown = await pair.here.dial(pair.there.addresses()).catch((thrown: unknown) => thrown)
    assert.ok(isPalabreError(error))
    assert.is(error.code, 'wrong-version')
    assert.match(error.text.en, 'no encryption of the hop in common')
    assert.match(error.todo!.en, 'channel-noise')
    assert.equal([pair.here.links(), pair.there.links()], [[], []])
  })
}

function watchLoading(name: string, onLoad: () => void): Disposable {
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      if (specifier === name) onLoad()
      return next(specifier, context)
    },
  })
  return { [Symbol.dispose]: () => hooks.deregister() }
}

test.run()
