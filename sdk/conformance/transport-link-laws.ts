import * as assert from 'uvu/assert'
import { frameLimit, roundTripsKept } from '../contract/link.ts'
import { lawWith, type Law } from './law.ts'
import { createTide } from './tide.ts'
import { ahead, dialLimit, failure, openLink, readFrames, standsStill, take, writeFrames } from './transport-ends.ts'
import type { TransportSubject } from './transport-subject.ts'

const mebibyte = 1024 * 1024
const long = 100_000_000

/** What a link over the transport is, and how frames travel by it. */
export const linkLaws: readonly Law<TransportSubject>[] = [
  lawWith('a link says by which road it came, at both ends', async (subject) => {
    const { near, far } = await openLink(subject)
    assert.is(near.peer, subject.there.self)
    assert.is(far.peer, subject.here.self)
    assert.equal([near.path.transport, far.path.transport], [subject.transport, subject.transport])
    const rtt = await near.rtt()
    assert.ok(rtt >= 0 && rtt < dialLimit, `${rtt} ms`)
  }),
  lawWith('a link names its channel, and who passes it on when it is relayed, at both ends', async (subject) => {
    const { near, far } = await openLink(subject)
    for (const { kind, channel, hops } of [near.path, far.path]) {
      assert.match(channel, /^[a-z]/)
      assert.is.not(channel, 'unknown')
      assert.is(hops.length > 0, kind === 'relayed')
      for (const { peer } of hops) assert.not.equal([subject.here.self, subject.there.self].includes(peer), true)
    }
  }),
  lawWith('a link counts what went over it, and remembers its round trips', async (subject) => {
    const { near, far } = await openLink(subject)
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
      const { near, far } = await openLink(subject)
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
    const { near, far } = await openLink(subject)
    const reached = { written: 0, read: 0 }
    await Promise.all([writeFrames(near, long, reached), readFrames(far, reached)])
    assert.is(reached.read, long)
  }),
  lawWith('a reader who waits holds the writer of frames back, and loses nothing', async (subject) => {
    const { near, far } = await openLink(subject)
    const reached = { written: 0, read: 0 }
    const writing = writeFrames(near, 8 * ahead, reached)
    writing.catch(() => undefined)
    await standsStill(() => reached.written, near)
    assert.ok(reached.written > 0 && reached.written <= ahead, `${reached.written} bytes taken charge of while nobody reads`)
    await Promise.all([writing, readFrames(far, reached)])
    assert.is(reached.read, 8 * ahead)
  }),
  lawWith('a link closed in good order ends in good order at the other end, with all that was sent before', async (subject) => {
    const { near, far } = await openLink(subject)
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
  lawWith('waiting for room on a link can be cancelled, and the link goes on', async (subject) => {
    const { near, far } = await openLink(subject)
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
]
