import * as assert from 'uvu/assert'
import { lawWith, type Law } from './law.ts'
import { ahead, drain, failure, openLink, openStream, pour, readStream, standsStill, writeStream } from './transport-ends.ts'
import type { TransportSubject } from './transport-subject.ts'

const mebibyte = 1024 * 1024
const long = 100_000_000

/** Streams of bytes beside a link. */
export const streamLaws: readonly Law<TransportSubject>[] = [
  lawWith('100 MB of a stream arrive whole and in order, in little memory, while the answer comes', async (subject) => {
    const { ours, theirs } = await openStream(subject)
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
  lawWith('a reader who waits holds the writer of a stream back, and loses nothing', async (subject) => {
    const { ours, theirs, near } = await openStream(subject)
    const reached = { written: 0, read: 0 }
    const writing = writeStream(ours, 8 * ahead, reached)
    writing.catch(() => undefined)
    await standsStill(() => reached.written, near)
    assert.ok(reached.written > 0 && reached.written <= ahead, `${reached.written} bytes written while nobody reads`)
    await Promise.all([writing, readStream(theirs, reached)])
    assert.is(reached.read, 8 * ahead)
  }),
  lawWith('one half of a stream ends while the other goes on', async (subject) => {
    const { ours, theirs } = await openStream(subject)
    const question = { written: 0, read: 0 }
    await Promise.all([writeStream(ours, 1000, question), readStream(theirs, question)])
    assert.is(question.read, 1000, 'the question was read to its end before there was any answer')
    assert.is((await failure(ours.write(new Uint8Array(1)))).code, 'closed')
    const answer = { written: 0, read: 0 }
    await Promise.all([writeStream(theirs, 3 * mebibyte, answer), readStream(ours, answer)])
    assert.is(answer.read, 3 * mebibyte)
  }),
  lawWith('a stream that is given up fails for whoever reads or writes at the other end, and the link stays', async (subject) => {
    const { ours, theirs, near, far } = await openStream(subject)
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
    const { near } = await openLink(subject)
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
]
