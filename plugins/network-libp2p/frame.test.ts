import { testSeed, seededRandom } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { BrokenFrame, createFrameReader, encodeFrame, frameVersion, kinds, type Kind } from './frame.ts'
import { limits } from './limits.ts'

interface Read {
  readonly kind: Kind
  readonly payload: Uint8Array
}

function reader(limit: number = limits.frame) {
  const read: Read[] = []
  const frames = createFrameReader((kind, payload) => void read.push({ kind, payload }))
  frames.allow(limit)
  return { read, frames }
}

function faultOf(run: () => void): string | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    if (error instanceof BrokenFrame) return error.fault
    throw error
  }
}

const headOf = (length: number, kind: number, version = frameVersion) => {
  const bytes = new Uint8Array(6)
  new DataView(bytes.buffer).setUint32(0, length)
  return bytes.fill(kind, 4, 5).fill(version, 5)
}

test('the wire is what the page says: length of what follows, kind, version, payload', () => {
  assert.equal([...encodeFrame(kinds.data, Uint8Array.of(7, 8, 9))], [0, 0, 0, 5, 2, 1, 7, 8, 9])
})

test('a stream cut anywhere gives the same frames', () => {
  const random = seededRandom(testSeed())
  for (let run = 0; run < 300; run++) {
    const sent = Array.from({ length: 1 + random.below(6) }, () => ({
      kind: random.pick(Object.values(kinds)),
      payload: random.bytes(random.below(random.pick([1, 2, 300, 5_000]))),
    }))
    const wire = sent.flatMap(({ kind, payload }) => [...encodeFrame(kind, payload)])
    const { read, frames } = reader()
    for (let at = 0; at < wire.length;) {
      const step = 1 + random.below(random.pick([1, 7, 4_000]))
      frames.push(Uint8Array.from(wire.slice(at, at + step)))
      at += step
    }
    assert.equal(read, sent, `seed ${random.seed}, run ${run}`)
  }
})

test('a payload is its own: what arrives later does not change it', () => {
  const { read, frames } = reader()
  const wire = encodeFrame(kinds.data, Uint8Array.of(1, 2, 3))
  frames.push(wire)
  wire.fill(255)
  assert.equal([...read[0]!.payload], [1, 2, 3])
})

/** What these were made into when they came in pieces of so many bytes. */
function payloadsOf(sent: readonly { readonly kind: Kind; readonly payload: Uint8Array }[], size = 10_000): Uint8Array[] {
  const wire = Buffer.concat(sent.map(({ kind, payload }) => encodeFrame(kind, payload)))
  const { read, frames } = reader()
  for (let at = 0; at < wire.length; at += size) frames.push(Uint8Array.from(wire.subarray(at, at + size)))
  return read.filter(({ kind }) => kind === kinds.data).map(({ payload }) => payload)
}
const kept = (payloads: readonly Uint8Array[]) => [...new Set(payloads.map(({ buffer }) => buffer))]

test('large payloads that come in pieces lie beside each other, more of them the more there are', () => {
  const sent = Array.from({ length: 40 }, (_, i) => ({ kind: kinds.data, payload: new Uint8Array(32 * 1024).fill(i) }))
  const payloads = payloadsOf(sent)
  assert.equal(
    payloads,
    sent.map(({ payload }) => payload),
  )
  const sizes = kept(payloads).map(({ byteLength }) => byteLength / 32 / 1024)
  assert.equal(sizes.slice(0, 4), [1, 2, 4, 8])
  assert.ok(sizes.length <= 8, `${sizes.length} buffers`)
})

test('large payloads that came together lie where they came, but for those that came in two', () => {
  const sent = Array.from({ length: 40 }, (_, i) => ({ kind: kinds.data, payload: new Uint8Array(32 * 1024).fill(i) }))
  const payloads = payloadsOf(sent, 256 * 1024)
  assert.equal(
    payloads,
    sent.map(({ payload }) => payload),
  )
  const whole = payloads.filter(({ byteOffset }) => byteOffset % (32 * 1024) !== 0)
  assert.ok(whole.length >= 30, `${whole.length} of 40`)
})

test('between them lies nothing that no window counts', () => {
  const pair = [
    { kind: kinds.ping, payload: new Uint8Array(60 * 1024) },
    { kind: kinds.data, payload: new Uint8Array(8 * 1024) },
  ]
  for (const size of [10_000, 64 * 1024, 256 * 1024]) {
    const payloads = payloadsOf(Array.from({ length: 64 }, () => pair).flat(), size)
    const bytes = kept(payloads).reduce((sum, { byteLength }) => sum + byteLength, 0)
    assert.ok(bytes <= 2 * 64 * 8 * 1024, `${bytes} bytes are kept of pieces of ${size}`)
  }
})

test('the cap holds before a single byte of the payload came, and moves once the other end is known', () => {
  const small = reader(limits.frameBeforeHello)
  assert.is(
    faultOf(() => small.frames.push(headOf(limits.frameBeforeHello + 3, kinds.hello))),
    'too-large',
  )
  const large = reader()
  large.frames.push(encodeFrame(kinds.data, new Uint8Array(limits.frame)))
  assert.is(large.read[0]!.payload.length, limits.frame)
  assert.is(
    faultOf(() => large.frames.push(headOf(limits.frame + 3, kinds.data))),
    'too-large',
  )
})

test('4 GiB announced a thousand times cost nothing', () => {
  const before = process.memoryUsage().arrayBuffers
  const readers = Array.from({ length: 1_000 }, () => reader(limits.frameBeforeHello))
  for (const { frames } of readers)
    assert.is(
      faultOf(() => frames.push(headOf(0xffff_ffff, kinds.data))),
      'too-large',
    )
  assert.ok(process.memoryUsage().arrayBuffers - before < 1024 * 1024)
})

test('kinds of tomorrow are skipped and counted, without being kept', () => {
  const { read, frames } = reader()
  frames.push(headOf(5, 99))
  frames.push(Uint8Array.of(1, 2))
  frames.push(Uint8Array.of(3, ...encodeFrame(kinds.data, Uint8Array.of(4))))
  assert.is(frames.skipped, 1)
  assert.equal([...read[0]!.payload], [4])
})

test('nothing but unknown kinds is nonsense after a while', () => {
  const { frames } = reader()
  for (let i = 0; i < limits.unknownFrames; i++) frames.push(headOf(2, 99))
  assert.is(
    faultOf(() => frames.push(headOf(2, 99))),
    'nonsense',
  )
})

test('another version and a length that is too short are faults of their own, and final', () => {
  const { frames } = reader()
  assert.is(
    faultOf(() => frames.push(headOf(2, kinds.data, 2))),
    'unknown-version',
  )
  assert.is(
    faultOf(() => frames.push(encodeFrame(kinds.data, new Uint8Array(1)))),
    'unknown-version',
  )
  assert.is(
    faultOf(() => reader().frames.push(headOf(1, kinds.data))),
    'malformed',
  )
})

test('noise never does worse than break the stream, and keeps less than a frame', () => {
  const random = seededRandom(testSeed())
  for (let run = 0; run < 2_000; run++) {
    const { read, frames } = reader()
    const fault = faultOf(() => {
      for (let i = 0; i < 8; i++) frames.push(mutated(random, encodeFrame(kinds.data, random.bytes(random.below(40)))))
    })
    assert.ok(fault === undefined || /^(too-large|malformed|unknown-version|nonsense)$/.test(fault), `seed ${random.seed}`)
    assert.ok(
      read.every(({ payload }) => payload.length <= limits.frame),
      `seed ${random.seed}`,
    )
  }
})

function mutated(random: ReturnType<typeof seededRandom>, bytes: Uint8Array): Uint8Array {
  const changed = bytes.slice(0, random.below(4) === 0 ? random.below(bytes.length) : bytes.length)
  for (let i = random.below(4); i > 0 && changed.length > 0; i--) changed[random.below(changed.length)] = random.below(256)
  return changed
}

test.run()
