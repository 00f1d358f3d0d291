// slow
import { connect, type Socket } from 'node:net'
import { testSeed, seededRandom } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { allFrom, openBareNode } from './bare-node.ts'
import { openNode } from './nodes.ts'
import { openPrey, type Prey } from './prey.ts'
import { announce4GiB, handshake, hello, kinds, linkProtocol, tooLarge } from './wire.ts'

const megabytes = 1024 * 1024
/** As a big relay or a test sets it, so that the number of connections is not what saves us. */
const open = { 'network-libp2p': { maxConnections: 5_000, inboundPerSecond: 100_000 } }
/** What a person's machine has. */
const usual = { 'network-libp2p': { inboundPerSecond: 5 } }

async function honestGetsThrough(prey: Prey): Promise<void> {
  await using honest = await openNode()
  const link = await honest.network.dial(prey.address)
  assert.ok((await link.rtt()) > 0)
}

/** A raw connection from an address of this machine that is not the honest one's. */
function rawTo({ port }: Prey, bytes: Uint8Array, from = '127.0.0.66'): Socket {
  const socket = connect({ port, host: '127.0.0.1', localAddress: from })
  socket.on('error', () => undefined)
  socket.resume()
  socket.write(bytes)
  return socket
}

const ended = (sockets: readonly Socket[]) => Promise.all(sockets.filter(({ closed }) => !closed).map((one) => once(one)))

const once = (socket: Socket) => new Promise((resolve) => void socket.once('close', resolve))

function grew(prey: string, before: { rss: number; heapUsed: number; arrayBuffers: number }, after: typeof before): void {
  const [rss, kept] = [after.rss - before.rss, after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers]
  console.log(`MEASURED: ${prey}: kept ${(kept / megabytes).toFixed(1)} MB more, resident ${(rss / megabytes).toFixed(1)} MB more`)
  assert.ok(kept < 50 * megabytes, `${kept} bytes are kept`)
}

test('1,000 authenticated connections announce 4 GiB each: told why, memory stays, the honest get through', async () => {
  await using prey = await openPrey(open)
  await using attacker = await openBareNode()
  await (await attacker.connect(prey.address)).close()
  const before = await prey.weigh()
  const answers: Buffer[] = []
  for (let row = 0; row < 40; row++) {
    const said = Array.from({ length: 25 }, async () => {
      const stream = await (await attacker.connect(prey.address)).newStream(linkProtocol)
      stream.send(announce4GiB)
      return allFrom(stream)
    })
    answers.push(...(await Promise.all(said)))
  }
  const after = await prey.weigh()
  await honestGetsThrough(prey)
  grew('1,000 authenticated connections that announce 4 GiB', before, after)
  // A goodbye with the reason: u32 length, kind, version, code.
  for (const answer of answers) assert.equal([answer[4], answer[6]], [kinds.goodbye, tooLarge])
})

test('1,000 raw connections announce 4 GiB before any handshake', async () => {
  await using prey = await openPrey(open)
  await honestGetsThrough(prey)
  const before = await prey.weigh()
  // The length before a multistream message, as a varint of 2^32 - 1.
  const sockets = Array.from({ length: 1_000 }, () => rawTo(prey, Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x0f, 0x2f)))
  await ended(sockets)
  const after = await prey.weigh()
  await honestGetsThrough(prey)
  grew('1,000 raw connections that announce 4 GiB', before, after)
})

test('junk on the port is cut and harms nobody', async () => {
  const random = seededRandom(testSeed())
  await using prey = await openPrey(open)
  await honestGetsThrough(prey)
  const before = await prey.weigh()
  const junk = [
    () => random.bytes(1 + random.below(5_000)),
    () => Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'),
    () => Uint8Array.of(0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3),
    () => new Uint8Array(random.below(5_000)),
    () => Buffer.from('\x13/multistream/1.0.0\n\x07/noise\n' + 'ÿ'.repeat(3_000), 'latin1'),
    () => Buffer.from('\x13/multistream/1.0.0\n\x03na\n'.repeat(2_000), 'latin1'),
  ]
  const sockets = Array.from({ length: 300 }, () => rawTo(prey, random.pick(junk)()))
  // Whoever sent all of it and waits is cut when the time of a handshake is over.
  await ended(sockets)
  const after = await prey.weigh()
  await honestGetsThrough(prey)
  grew(`junk on 300 connections (seed ${random.seed})`, before, after)
})

test('slow ones and half-open ones from one address cannot keep the honest out, and are cut when their time is over', async () => {
  await using prey = await openPrey(usual)
  const greeting = Buffer.from('\x13/multistream/1.0.0\n', 'latin1')
  const started = performance.now()
  const sockets = Array.from({ length: 400 }, (_, i) => rawTo(prey, i % 2 === 0 ? greeting : greeting.subarray(0, 1)))
  await honestGetsThrough(prey)
  assert.ok(performance.now() - started < handshake, 'the honest one waited for the others to be cut')
  await ended(sockets)
  assert.ok(prey.alive)
  await honestGetsThrough(prey)
})

test('a peer that floods with streams is bounded', async () => {
  await using prey = await openPrey(open)
  await using attacker = await openBareNode()
  const connection = await attacker.connect(prey.address)
  const before = await prey.weigh()
  let refused = 0
  for (let row = 0; row < 50; row++) {
    await Promise.all(
      Array.from({ length: 40 }, async () => {
        try {
          const stream = await connection.newStream(linkProtocol, { maxOutboundStreams: 100_000 })
          stream.send(hello(true))
        } catch {
          refused++
        }
      }),
    )
  }
  const after = await prey.weigh()
  await honestGetsThrough(prey)
  grew(`2,000 streams on one connection (${refused} refused)`, before, after)
})

test.run()
