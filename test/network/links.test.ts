import { frameLimit, type Link } from '@palabre/sdk/contract/link'
import { testSeed, seededRandom } from '@palabre/sdk/testkit'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { codeOf } from './code-of.ts'
import { openNode, type TestNode } from './nodes.ts'

/** The link that comes to a node from the other. */
async function arrival(node: TestNode, from: TestNode): Promise<Link> {
  const event = await node.happened((one) => one.kind === 'link-opened' && one.link.peer === from.network.self)
  return (event as { link: Link }).link
}

async function pair() {
  const a = await openNode()
  const b = await openNode()
  const here = await a.network.dial(b.network.addresses())
  const there = await arrival(b, a)
  return {
    a,
    b,
    here,
    there,
    async [Symbol.asyncDispose]() {
      await a[Symbol.asyncDispose]()
      await b[Symbol.asyncDispose]()
    },
  }
}

async function read(link: Link, count: number): Promise<Uint8Array[]> {
  const all: Uint8Array[] = []
  if (count > 0) for await (const frame of link.frames) if (all.push(frame) === count) break
  return all
}

test('frames of every size arrive whole and in order, in both directions at once', async () => {
  await using both = await pair()
  const { here, there } = both
  const random = seededRandom(testSeed())
  const rows = [here, there].map(() =>
    [0, 1, frameLimit, ...Array.from({ length: 200 }, () => random.below(3_000))].map((n) => random.bytes(n)),
  )
  const [toThere, toHere] = rows as [Uint8Array[], Uint8Array[]]
  const sending = [
    (async () => {
      for (const one of toThere) await here.send(one)
      await here.flush()
    })(),
    (async () => {
      for (const one of toHere) await there.send(one)
      await there.flush()
    })(),
  ]
  const [gotHere, gotThere] = await Promise.all([read(here, toHere.length), read(there, toThere.length)])
  assert.equal(gotThere, toThere, `seed ${random.seed}`)
  assert.equal(gotHere, toHere, `seed ${random.seed}`)
  await Promise.all(sending)
})

test('a frame above the cap is refused and the link goes on', async () => {
  await using both = await pair()
  assert.is(await codeOf(both.here.send(new Uint8Array(frameLimit + 1))), 'too-large')
  await both.here.send(Uint8Array.of(9))
  assert.equal(await read(both.there, 1), [Uint8Array.of(9)])
})

test('a writer is held back while nobody reads, and goes on when somebody does', async () => {
  await using both = await pair()
  const { here, there } = both
  let sent = 0
  const all = 200
  const writing = (async () => {
    for (; sent < all; sent++) await here.send(new Uint8Array(32 * 1024))
    await here.flush()
  })()
  // Frames are taken charge of until the window is full; a round trip later nothing more has moved.
  while (sent < 4) await here.rtt()
  const stuck = sent
  for (let i = 0; i < 20; i++) await here.rtt()
  assert.ok(sent < 64 && sent - stuck <= 16, `${sent} frames of 32 KiB were taken without a reader`)
  assert.is((await read(there, all)).length, all)
  await writing
})

test('waiting to send, to flush and for a round trip can be given up', async () => {
  await using both = await pair()
  const { here } = both
  const quit = new AbortController()
  const waiting = (async () => {
    for (;;) await here.send(new Uint8Array(frameLimit), { signal: quit.signal })
  })()
  const flushing = here.flush({ signal: quit.signal })
  await here.rtt()
  quit.abort()
  assert.is(await codeOf(waiting), 'cancelled')
  assert.is(await codeOf(flushing), 'cancelled')
  assert.is(await codeOf(here.rtt({ signal: quit.signal })), 'cancelled')
})

test('closing says goodbye: what was sent is read first, both sides end in good order, later calls fail', async () => {
  await using both = await pair()
  const { here, there } = both
  for (let i = 0; i < 50; i++) await here.send(Uint8Array.of(i))
  const closing = here.close()
  const got: number[] = []
  for await (const [byte] of there.frames) got.push(byte!)
  assert.equal(
    got,
    Array.from({ length: 50 }, (_, i) => i),
  )
  await closing
  const [mine, theirs] = await Promise.all([here.closed, there.closed])
  assert.ok(mine.orderly && theirs.orderly)
  assert.is(mine.lost, 0)
  assert.is(await codeOf(here.send(Uint8Array.of(1))), 'closed')
  assert.is(await codeOf(there.rtt()), 'closed')
  assert.is(await codeOf(there.flush()), 'closed')
  assert.equal(both.a.network.links(), [])
})

test('a path on this machine is local and says how it runs', async () => {
  await using both = await pair()
  const { kind, transport, address, since } = both.here.path
  assert.is(kind, 'lan')
  assert.is(transport, 'tcp')
  assert.match(address, /^\/ip4\/127\.0\.0\.1\/tcp\/\d+/)
  assert.ok(Math.abs(since - Date.now()) < 60_000)
  assert.ok((await both.here.rtt()) > 0)
})

test('everybody who dials a peer at once, from either side, gets the same link', async () => {
  await using a = await openNode()
  await using b = await openNode()
  const links = await Promise.all([
    ...[1, 2, 3].map(() => a.network.dial(b.network.addresses())),
    ...[1, 2, 3].map(() => b.network.dial(a.network.addresses())),
  ])
  assert.is(new Set(links.slice(0, 3)).size, 1)
  assert.is(new Set(links.slice(3)).size, 1)
  await links[0]!.send(Uint8Array.of(5))
  assert.equal(await read(b.network.links()[0]!, 1), [Uint8Array.of(5)])
  assert.is(a.network.links().length, 1)
  assert.is(b.network.links().length, 1)
})

test('who cannot be reached, and why', async () => {
  await using a = await openNode()
  await using b = await openNode()
  const [there] = b.network.addresses() as [string]
  const elsewhere = a.network.addresses()[0]!.replace(a.network.self, b.network.self)
  const dial = (target: string | readonly string[], signal?: AbortSignal) => codeOf(a.network.dial(target, { signal }))
  assert.is(await dial('hello'), 'bad-argument')
  assert.is(await dial([]), 'bad-argument')
  assert.is(await dial('/ip4/300.0.0.1/tcp/1'), 'bad-argument')
  assert.is(await dial(a.network.self), 'bad-argument')
  assert.is(await dial([there, elsewhere.replace(b.network.self, a.network.self)]), 'bad-argument')
  assert.is(await dial(b.network.self), 'peer-unknown')
  assert.is(await dial(elsewhere), 'peer-unknown')
  assert.is(await dial(there.replace('/tcp/', '/udp/').replace('/p2p', '/quic-v1/p2p')), 'switched-off')
  assert.is(await dial('/dns4/example.invalid/tcp/1'), 'switched-off')
  assert.is(await dial(there, AbortSignal.abort()), 'cancelled')
  assert.is(await dial(await closedPort()), 'unreachable')
  // None of this is in the way of a good one.
  assert.is((await a.network.dial(there)).peer, b.network.self)
})

async function closedPort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return `/ip4/127.0.0.1/tcp/${port}`
}

test('streams beside the link: half of one ends, the other goes on; unknown protocols and taken names are told', async () => {
  await using both = await pair()
  const { a, b } = both
  using _echo = b.network.protocol('/test/echo/1', async (stream) => {
    for await (const bytes of stream.bytes) await stream.write(bytes)
    await stream.closeWrite()
  })
  const stream = await a.network.open(b.network.self, '/test/echo/1')
  const sent = seededRandom(testSeed()).bytes(3_000_000)
  const writing = stream.write(sent).then(() => stream.closeWrite())
  const parts: Uint8Array[] = []
  for await (const bytes of stream.bytes) parts.push(bytes)
  await writing
  assert.ok(Buffer.concat(parts).equals(sent))
  assert.is(await codeOf(a.network.open(b.network.self, '/test/none/1')), 'wrong-version')
  assert.throws(() => b.network.protocol('/test/echo/1', () => undefined), /already/)
})

test('after the last node nothing is left open', async () => {
  {
    await using both = await pair()
    await both.here.rtt()
  }
  const open = () => process.getActiveResourcesInfo().filter((kind) => /TCP|Timeout|UDP/.test(kind))
  // Sockets take a few turns to close, and libp2p forgets a second later whom it counted.
  for (let turn = 0; open().length > 0 && turn < 3_000; turn++) await new Promise<void>((resolve) => void setTimeout(resolve, 1))
  assert.equal(open(), [])
})

test.run()
