import type { Stream } from '@libp2p/interface'
import { settled } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { encodeFrame, head, kinds } from './frame.ts'
import { openLane } from './lane.ts'

/** Takes what is sent and says it is full as long as the test wants. */
class SlowStream extends EventTarget {
  readonly sent: Uint8Array[] = []
  writeStatus = 'writable'
  isFull = false

  send(bytes: Uint8Array): boolean {
    this.sent.push(bytes)
    return !this.isFull
  }
}

/** A lane whose driver has these frames of data. */
function openOn(stream: SlowStream, frames: Uint8Array[]) {
  const lane = openLane(stream as unknown as Stream)
  lane.run({ next: () => frames.shift(), frame: () => undefined, end: () => undefined })
  return lane
}

const data = (length: number, room?: Uint8Array) => encodeFrame(kinds.data, new Uint8Array(length).fill(7), room)

test('large frames that lie beside each other travel together as they are, and small ones copied', async () => {
  const slab = new Uint8Array(100_000)
  const beside = [data(20_000 - head, slab.subarray(0, 20_000)), data(30_000 - head, slab.subarray(20_000, 50_000))]
  const stream = new SlowStream()
  // Later on the way, when pieces have grown.
  const before = Array.from({ length: 6 }, () => data(20_000))
  openOn(stream, [...before, ...beside, data(10), data(20), data(20_000)])
  await settled()
  const sent = stream.sent.slice(before.length)
  const whole = sent.map(({ length }) => length)
  assert.equal(whole, [50_000, 10 + 20 + 2 * head, 20_000 + head])
  assert.is(sent[0]!.buffer, slab.buffer)
  assert.equal(Buffer.concat(sent), Buffer.concat([slab.subarray(0, 50_000), data(10), data(20), data(20_000)]))
})

test('a lane begins with little at once, and twice as much each time: what is cut soon has brought something', async () => {
  const stream = new SlowStream()
  const frame = 1_000 - head
  openOn(
    stream,
    Array.from({ length: 100 }, () => data(frame)),
  )
  await settled()
  assert.equal(
    stream.sent.map(({ length }) => length / 1_000),
    [5, 9, 17, 33, 36],
  )
})

test('a stream that is full is waited for each time, and what is urgent stands first when it is not', async () => {
  const stream = new SlowStream()
  stream.isFull = true
  const frames = [data(20_000), data(21_000), data(22_000)]
  const lane = openOn(stream, frames)
  await settled()
  for (const [count, length] of [20_000, 21_000].entries()) {
    assert.equal([stream.sent.length, stream.sent.at(-1)!.length], [count + 1, length + head])
    await settled()
    assert.is(stream.sent.length, count + 1)
    stream.dispatchEvent(new Event('drain'))
    await settled()
  }
  lane.post(kinds.ping, new Uint8Array(4))
  stream.dispatchEvent(new Event('drain'))
  await settled()
  assert.equal(
    stream.sent.slice(3).map(({ length }) => length),
    [4 + head],
  )
})

test('a lane whose stream closes while it is full ends', async () => {
  const stream = new SlowStream()
  stream.isFull = true
  const frames = [data(20_000), data(20_000)]
  const lane = openOn(stream, frames)
  await settled()
  stream.writeStatus = 'closed'
  stream.send = () => {
    throw new Error('closed')
  }
  stream.dispatchEvent(new Event('close'))
  await lane.say(kinds.end, new Uint8Array())
  assert.is(stream.sent.length, 1)
})

test.run()
