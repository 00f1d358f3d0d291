import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { isPalabreError } from '@palabre/sdk'
import { pairOver, type PairOptions } from '@palabre/sdk/conformance/transport-pair'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const beside = (id: string) => new URL(`../${id}`, import.meta.url).pathname

async function overTcp(off: Pick<PairOptions, 'offHere' | 'offThere'> = {}) {
  const { subject, close } = await pairOver({
    plugins: [
      import.meta.dirname,
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

/** Hands on what comes, changed or not, and keeps a copy of both directions. */
async function listenBetween(address: string, change = (bytes: Buffer) => bytes) {
  const [, , , , port] = address.split('/')
  const heard: Buffer[] = []
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(Number(port), '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('data', (bytes) => {
        heard.push(bytes)
        to.write(change(bytes))
      })
      from.on('error', () => to.destroy())
      from.on('close', () => to.destroy())
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: address.replace(`/tcp/${port}/`, `/tcp/${(server.address() as AddressInfo).port}/`),
    heard: () => Buffer.concat(heard),
    async [Symbol.asyncDispose]() {
      for (const one of sockets) one.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

test('who listens on the way sees nothing of what is said, and who we are neither', async () => {
  await using pair = await overTcp()
  await using between = await listenBetween(pair.there.addresses()[0]!)
  const near = await pair.here.dial(between.address)
  const marker = 'under the old tree'
  await near.send(new TextEncoder().encode(marker.repeat(100)))
  const [far] = pair.there.links()
  const { value } = await far!.frames[Symbol.asyncIterator]().next()
  assert.is(new TextDecoder().decode(value), marker.repeat(100))
  const heard = between.heard()
  assert.ok(heard.length > 1800)
  assert.not.ok(heard.includes(marker))
  assert.not.ok(heard.includes('/palabre/'), 'not even what is spoken inside')
  assert.ok(heard.includes('/noise'), 'what is spoken outside is seen')
})

test('what is changed on the way makes no link', async () => {
  await using pair = await overTcp()
  // The last byte, so that no length is changed; not while the two are still finding out what to speak.
  const flipped = (bytes: Buffer) => {
    const copy = Buffer.from(bytes)
    if (!bytes.includes('/noise')) copy[copy.length - 1]! ^= 1
    return copy
  }
  await using between = await listenBetween(pair.there.addresses()[0]!, flipped)
  const error: unknown = await pair.here.dial(between.address).catch((thrown: unknown) => thrown)
  assert.ok(isPalabreError(error))
  assert.equal([pair.here.links(), pair.there.links()], [[], []])
})

for (const [end, off] of [
  ['here', { offHere: ['channel-noise'] }],
  ['there', { offThere: ['channel-noise'] }],
] as const) {
  test(`without a channel ${end} no link stands, and it is said why`, async () => {
    await using pair = await overTcp(off)
    const error: unknown = await pair.here.dial(pair.there.addresses()).catch((thrown: unknown) => thrown)
    assert.ok(isPalabreError(error))
    assert.is(error.code, 'wrong-version')
    assert.match(error.text.en, 'no encryption of the hop in common')
    assert.match(error.todo!.en, 'channel-noise')
    assert.equal([pair.here.links(), pair.there.links()], [[], []])
  })
}

test.run()
