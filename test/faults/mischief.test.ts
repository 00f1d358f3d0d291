import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { testSeed, seededRandom } from '@palabre/sdk/testkit'
import { createMischief, type FaultKind, type StreamFaults } from './mischief.ts'

const stream = seededRandom(1).bytes(5_000)

function run(faults: StreamFaults, seed: number, cutInto: (rest: number) => number) {
  const struck: FaultKind[] = []
  const mischief = createMischief(faults, seededRandom(seed), (kind) => struck.push(kind))
  const out: number[] = []
  for (let at = 0; at < stream.length;) {
    const size = cutInto(stream.length - at)
    const { bytes, cut } = mischief.apply(stream.subarray(at, at + size))
    out.push(...bytes)
    if (cut) return { out, struck, cut: true }
    at += size
  }
  return { out, struck, cut: false }
}

const whole = (rest: number) => rest

test('one seed means one run, however the stream is cut into chunks', () => {
  const seed = testSeed()
  const faults = { corrupt: 300, lose: 400, duplicate: 500, reorder: 200, cut: 20_000 }
  const chunks = seededRandom(seed)
  const once = run(faults, seed, whole)
  assert.equal(
    run(faults, seed, (rest) => Math.min(rest, 1 + chunks.below(700))),
    once,
    `seed ${seed}`,
  )
  assert.not.equal(run(faults, seed + 1, whole).out, once.out, `seed ${seed}`)
})

test('nothing asked, nothing struck', () => {
  assert.equal(run({}, 7, whole), { out: [...stream], struck: [], cut: false })
})

test('each fault does what its name says', () => {
  const flipped = run({ corrupt: 100 }, 3, whole)
  const bits = flipped.out.map((byte, at) => (byte ^ stream[at]!).toString(2).replaceAll('0', '').length)
  assert.is(
    bits.reduce((sum, one) => sum + one),
    flipped.struck.length,
  )
  assert.ok(flipped.struck.length > 20 && flipped.struck.length < 100, String(flipped.struck.length))

  const lost = run({ lose: 100 }, 3, whole)
  assert.is(lost.out.length, stream.length - lost.struck.length)
  const twice = run({ duplicate: 100 }, 3, whole)
  assert.is(twice.out.length, stream.length + twice.struck.length)

  const swapped = run({ reorder: 100 }, 3, whole)
  assert.ok(swapped.struck.length > 20)
  assert.not.equal(swapped.out, [...stream])
  const sorted = (bytes: readonly number[]) => bytes.toSorted((a, b) => a - b)
  assert.equal(sorted(swapped.out), sorted([...stream].slice(0, swapped.out.length)))

  const short = run({ cut: 1_000 }, 3, whole)
  assert.ok(short.cut && short.out.length < stream.length)
  assert.equal(short.out, [...stream.subarray(0, short.out.length)])
})

test.run()
