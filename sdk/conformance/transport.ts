import * as assert from 'uvu/assert'
import type { ByteStream } from '../contract/byte-stream.ts'
import { frameLimit, roundTripsKept, type Link } from '../contract/link.ts'
import type { Network } from '../contract/network.ts'
import { isPalabreError, type Code, type PalabreError } from '../error.ts'
import { watchHandles } from '../testkit/leak-watch.ts'
import { lawWith, type Law } from './law.ts'
import { createTide, type Tide } from './tide.ts'

/**
 * Two networks that share one transport and nothing else. The laws look at what the rest of the house sees of it: links, and streams
 * of bytes beside them.
 *
 * A transport that two nodes on one machine can use by themselves runs them with `pairOver` of `./transport-pair.ts`:
 *
 *   proveAll(test, transportLaws, pairOver({ plugins, plugin: 'transport-tcp', config, nobody }))
 *
 * One that needs a third party (a relay) opens its own subject. `transportLawsAtLength` go on for half a minute each: run them from a
 * file of their own whose first line is "// slow".
 */
export interface TransportSubject {
  /** As in `Transport.name`. */
  readonly transport: string
  readonly here: Network
  /** Listens; its `addresses()` are what `here` dials. Lets in as many connections per second as come. */
  readonly there: Network
  /** An address of this transport at which nobody listens, and what dialling it comes to. */
  readonly nobody: { readonly address: string; readonly codes: readonly Code[] }
  /** Its addresses lead to a peer by its id: somebody else at one of them is nobody. */
  readonly leadsById?: boolean
  /** One that takes a call and never says a word; left out where there is no such thing. */
  readonly silent?: string | undefined
  /** Switches the transport at `there` off and on again. */
  off(): Promise<void>
  on(): Promise<void>
}

const mebibyte = 1024 * 1024
const long = 100_000_000
/** What a writer may be ahead of a reader who takes his time, in all buffers of both ends together. */
const ahead = 4 * mebibyte
/** Ten seconds by the contract, and what a busy machine adds. */
const dialLimit = 15_000

export const transportLaws: readonly Law<TransportSubject>[] = [
  lawWith('a link says by which road it came, at both ends', async (subject) => {
    const { near, far } = await link(subject)
    assert.is(near.peer, subject.there.self)
    assert.is(far.peer, subject.here.self)
    assert.equal([near.path.transport, far.path.transport], [subject.transport, subject.transport])
    const rtt = await near.rtt()
    assert.ok(rtt >= 0 && rtt < dialLimit, `${rtt} ms`)
  }),
  lawWith('a link names its channel, and who passes it on when it is relayed, at both ends', async (subject) => {
    const { near, far } = await link(subject)
    for (const { kind, channel, hops } of [near.path, far.path]) {
      assert.match(channel, /^[a-z]/)
      assert.is.not(channel, 'unknown')
      assert.is(hops.length > 0, kind === 'relayed')
      for (const { peer } of hops) assert.not.equal([subject.here.self, subject.there.self].includes(peer), true)
    }
  }),
  lawWith('a link counts what went over it, and remembers its round trips', async (subject) => {
    const { near, far } = await link(subject)
    const before = { sent: near.traffic.sent, received: far.traffic.received }
    const reader = far.frames[Symbol.asyncIterator]()
    for (let sent = 0; sent < mebibyte; sent += frameLimit) {
      await near.send(new Uint8Array(frameLimit))
      await reader.next()
    }
    await near.flush()
    for (const more of [near.traffic.sent - before.sent, far.traffic.received - before.received])
      assert.ok(more > mebibyte && more < 1.1 * mebibyte, `${more} bytes counted`)
    const asked = [await near.rtt(), await near.rtt()]
    const measured = near.roundTrips.slice(-2)
    assert.equal(
      measured.map(({ ms }) => ms),
      asked,
    )
    assert.ok(measured[0]!.at <= measured[1]!.at)
    for (let count = 0; count < roundTripsKept; count++) await near.rtt()
    assert.is(near.roundTrips.length, roundTripsKept)
  }),
  lawWith(
    'frames of 0, 1 and as many bytes as allowed arrive as they were, one more is refused and harms nothing',
    async (subject) => {
      const { near, far } = await link(subject)
      const sizes = [0, 1, frameLimit - 1, frameLimit]
      for (const size of sizes) await near.send(createTide().next(size))
      assert.is((await failure(near.send(new Uint8Array(frameLimit + 1)))).code, 'too-large')
      await near.send(createTide().next(7))
      const reader = far.frames[Symbol.asyncIterator]()
      for (const size of [...sizes, 7]) createTide().check((await reader.next()).value!, size)
      assert.is(near.state, 'up')
    },
  ),
  lawWith('100 MB of frames arrive whole and in order, in little memory', async (subject) => {
    const { near, far } = await link(subject)
    const reached = { written: 0, read: 0 }
    await Promise.all([writeFrames(near, long, reached), readFrames(far, reached)])
    assert.is(reached.read, long)
  }),
  lawWith('100 MB of a stream arrive whole and in order, in little memory, while the answer comes', async (subject) => {
    const { ours, theirs } = await stream(subject)
    const there = { written: 0, read: 0 }
    const back = { written: 0, read: 0 }
    await Promise.all([
      writeStream(ours, long, there),
      readStream(theirs, there),
      writeStream(theirs, 5 * mebibyte, back),
      readStream(ours, back),
    ])
    assert.equal([there.read, back.read], [long, 5 * mebibyte])
  }),
  lawWith('a reader who waits holds the writer of frames back, and loses nothing', async (subject) => {
    const { near, far } = await link(subject)
    const reached = { written: 0, read: 0 }
    const writing = writeFrames(near, 8 * ahead, reached)
    writing.catch(() => undefined)
    await standsStill(() => reached.written, near)
    assert.ok(reached.written > 0 && reached.written <= ahead, `${reached.written} bytes taken charge of while nobody reads`)
    await Promise.all([writing, readFrames(far, reached)])
    assert.is(reached.read, 8 * ahead)
  }),
  lawWith('a reader who waits holds the writer of a stream back, and loses nothing', async (subject) => {
    const { ours, theirs, near } = await stream(subject)
    const reached = { written: 0, read: 0 }
    const writing = writeStream(ours, 8 * ahead, reached)
    writing.catch(() => undefined)
    await standsStill(() => reached.written, near)
    assert.ok(reached.written > 0 && reached.written <= ahead, `${reached.written} bytes written while nobody reads`)
    await Promise.all([writing, readStream(theirs, reached)])
    assert.is(reached.read, 8 * ahead)
  }),
  lawWith('one half of a stream ends while the other goes on', async (subject) => {
    const { ours, theirs } = await stream(subject)
    const question = { written: 0, read: 0 }
    await Promise.all([writeStream(ours, 1000, question), readStream(theirs, question)])
    assert.is(question.read, 1000, 'the question was read to its end before there was any answer')
    assert.is((await failure(ours.write(new Uint8Array(1)))).code, 'closed')
    const answer = { written: 0, read: 0 }
    await Promise.all([writeStream(theirs, 3 * mebibyte, answer), readStream(ours, answer)])
    assert.is(answer.read, 3 * mebibyte)
  }),
  lawWith('a stream that is given up fails for whoever reads or writes at the other end, and the link stays', async (subject) => {
    const { ours, theirs, near, far } = await stream(subject)
    await ours.write(new Uint8Array(10))
    const reading = failure(drain(theirs))
    const writing = failure(pour(theirs))
    ours.abort()
    assert.equal([(await reading).code, (await writing).code], ['closed', 'closed'])
    assert.is((await failure(drain(ours))).code, 'closed')
    await near.rtt()
    assert.equal([near.state, far.state], ['up', 'up'])
  }),
  lawWith('twenty streams at once keep apart', async (subject) => {
    const { near } = await link(subject)
    using _echo = subject.there.protocol('/law/echo', async (one) => {
      for await (const bytes of one.bytes) await one.write(bytes)
      await one.closeWrite()
    })
    const echoed = async (index: number) => {
      const one = await subject.here.open(near.peer, '/law/echo')
      const reached = { written: 0, read: 0 }
      await Promise.all([writeStream(one, 100_000 + index, reached), readStream(one, reached)])
      return reached.read
    }
    const sizes = await Promise.all(Array.from({ length: 20 }, (_, index) => echoed(index)))
    assert.equal(
      sizes,
      Array.from({ length: 20 }, (_, index) => 100_000 + index),
    )
  }),
  lawWith('a link closed in good order ends in good order at the other end, with all that was sent before', async (subject) => {
    const { near, far } = await link(subject)
    for (let n = 0; n < 50; n++) await near.send(new Uint8Array([n]))
    await near.close()
    const seen: number[] = []
    for await (const [n] of far.frames) seen.push(n!)
    assert.equal(
      seen,
      Array.from({ length: 50 }, (_, n) => n),
    )
    const { orderly, code, lost } = await far.closed
    assert.equal({ orderly, code, lost }, { orderly: true, code: 'closed', lost: 0 })
    assert.is((await failure(far.send(new Uint8Array(1)))).code, 'closed')
  }),
  lawWith('where nobody listens, a call fails with its code and in time', async ({ here, nobody }) => {
    const begun = performance.now()
    const { code } = await failure(here.dial(nobody.address))
    assert.ok(nobody.codes.includes(code), `${code}, not ${nobody.codes.join(' or ')}`)
    assert.ok(performance.now() - begun < dialLimit)
    assert.equal(here.links(), [])
  }),
  lawWith('where somebody else listens, a call fails and says so', async ({ here, there, nobody, leadsById = false }) => {
    const stranger = '12D3KooWGC6TvWhfapngX6wvJHMYvKpDMXPb3ZnCZ6dMoaMtimQ5'
    const addresses = there.addresses().map((address) => address.replace(/\/p2p\/[^/]+$/, `/p2p/${stranger}`))
    const { code } = await failure(here.dial(addresses))
    const honest = leadsById ? nobody.codes : ['peer-unknown']
    assert.ok(honest.includes(code), code)
    assert.equal([here.links(), there.links()], [[], []])
  }),
  lawWith('a call that is cancelled ends at once, before it began or on its way', async ({ here, there, silent }) => {
    assert.is((await failure(here.dial(there.addresses(), { signal: AbortSignal.abort() }))).code, 'cancelled')
    if (silent === undefined) return
    const begun = performance.now()
    const controller = new AbortController()
    const calling = failure(here.dial(silent, { signal: controller.signal }))
    setTimeout(() => controller.abort(), 10)
    assert.is((await calling).code, 'cancelled')
    assert.ok(performance.now() - begun < 5_000)
  }),
  lawWith('waiting for room on a link can be cancelled, and the link goes on', async (subject) => {
    const { near, far } = await link(subject)
    const controller = new AbortController()
    let sent = 0
    const waiting = failure(
      (async () => {
        for (;;) {
          await near.send(new Uint8Array(frameLimit), { signal: controller.signal })
          sent++
        }
      })(),
    )
    await standsStill(() => sent, near)
    controller.abort()
    assert.is((await waiting).code, 'cancelled')
    await Promise.all([near.close(), take(far, sent)])
  }),
  lawWith('switched off it takes its links along and answers nobody; switched on again it answers', async (subject) => {
    const { near, far } = await link(subject)
    const addresses = subject.there.addresses()
    await subject.off()
    const ended = await Promise.all([near.closed, far.closed])
    assert.equal(
      ended.map(({ orderly }) => orderly),
      [true, true],
    )
    assert.equal(subject.there.addresses(), [])
    const refused = await failure(subject.here.dial(addresses))
    assert.ok(subject.nobody.codes.includes(refused.code), refused.code)
    await subject.on()
    await subject.there.ready()
    const again = await link(subject)
    assert.is(again.near.path.transport, subject.transport)
  }),
]

export const transportLawsAtLength: readonly Law<TransportSubject>[] = [
  lawWith('1,000 links opened and closed one after the other leave nothing open', async (subject) => {
    await openAndClose(subject)
    const left = watchHandles()
    for (let n = 1; n < 1_000; n++) await openAndClose(subject)
    assert.equal([subject.here.links(), subject.there.links()], [[], []])
    assert.equal(await left(), [])
  }),
  lawWith('who takes a call and says nothing is given up in time', async ({ here, silent }) => {
    if (silent === undefined) return
    const begun = performance.now()
    const { code } = await failure(here.dial(silent))
    assert.ok(code === 'timed-out' || code === 'unreachable', code)
    assert.ok(performance.now() - begun < dialLimit)
  }),
]

/** Both ends of a new link. */
async function link({ here, there }: TransportSubject): Promise<{ near: Link; far: Link }> {
  const arriving = linkTo(there, here.self)
  const near = await here.dial(there.addresses())
  return { near, far: await arriving }
}

/** The next link of this network to that peer. */
function linkTo(network: Network, peer: string): Promise<Link> {
  return new Promise((resolve) => {
    const watch = network.watch((event) => {
      if (event.kind !== 'link-opened' || event.link.peer !== peer) return
      watch[Symbol.dispose]()
      resolve(event.link)
    })
  })
}

async function openAndClose(subject: TransportSubject): Promise<void> {
  const { near, far } = await link(subject)
  await Promise.all([near.close(), far.closed])
}

/** Both ends of a stream, and of the link it lies beside. */
async function stream(subject: TransportSubject) {
  const both = await link(subject)
  const arriving = Promise.withResolvers<ByteStream>()
  using _protocol = subject.there.protocol('/law/stream', (one) => arriving.resolve(one))
  const ours = await subject.here.open(both.near.peer, '/law/stream')
  return { ...both, ours, theirs: await arriving.promise }
}

interface Reached {
  written: number
  read: number
}

/** Closes the link at the end, when all of it was taken. */
async function writeFrames(one: Link, length: number, reached: Reached): Promise<void> {
  const tide = createTide()
  while (reached.written < length) {
    const frame = tide.next(Math.min(frameLimit, length - reached.written))
    await one.send(frame)
    reached.written += frame.length
  }
  await one.flush()
  await one.close()
}

async function writeStream(one: ByteStream, length: number, reached: Reached): Promise<void> {
  const tide = createTide()
  while (reached.written < length) {
    const bytes = tide.next(Math.min(48 * 1024 + 1, length - reached.written))
    await one.write(bytes)
    reached.written += bytes.length
  }
  await one.closeWrite()
}

async function readStream(one: ByteStream, reached: Reached): Promise<void> {
  await readAll(one.bytes, createTide(), reached)
}

async function readFrames(one: Link, reached: Reached): Promise<void> {
  await readAll(one.frames, createTide(), reached)
}

/** What the writer is ahead lies in somebody's memory. */
async function readAll(source: AsyncIterable<Uint8Array>, tide: Tide, reached: Reached): Promise<void> {
  for await (const bytes of source) {
    tide.check(bytes, bytes.length)
    reached.read += bytes.length
    if (reached.written - reached.read > ahead) throw new Error(`${reached.written - reached.read} bytes are under way`)
  }
}

async function take(one: Link, count: number): Promise<void> {
  let taken = 0
  for await (const _frame of one.frames) taken++
  assert.is(taken, count)
}

async function drain(one: ByteStream): Promise<void> {
  for await (const _bytes of one.bytes);
}

async function pour(one: ByteStream): Promise<never> {
  for (;;) await one.write(new Uint8Array(1024))
}

/** Resolves when a count has not moved for ten round trips to the other end. */
async function standsStill(count: () => number, link: Link): Promise<void> {
  for (let before = -1, still = 0; still < 10; before = count()) {
    await link.rtt()
    still = count() === before ? still + 1 : 0
  }
}

async function failure(call: Promise<unknown>): Promise<PalabreError> {
  const outcome = await call.then(
    () => undefined,
    (error: unknown) => ({ error }),
  )
  if (outcome === undefined) throw new Error('did not fail')
  if (!isPalabreError(outcome.error)) throw new Error('failed with what is no PalabreError', { cause: outcome.error })
  return outcome.error
}
