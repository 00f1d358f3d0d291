import { testSeed, seededRandom } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createSlabs } from './slabs.ts'

test('no two frames that are held lie over each other, and room is used again', () => {
  const random = seededRandom(testSeed())
  const slabs = createSlabs()
  const held: { bytes: Uint8Array; mark: number }[] = []
  const buffers = new Set<ArrayBufferLike>()
  for (let i = 0; i < 3_000; i++) {
    const mark = 1 + random.below(255)
    const bytes = slabs.take(4_096 + random.below(60_000)).fill(mark)
    held.push({ bytes, mark })
    buffers.add(bytes.buffer)
    while (held.length > random.below(30)) {
      const oldest = held.shift()!
      assert.ok(
        oldest.bytes.every((byte) => byte === oldest.mark),
        `seed ${random.seed}`,
      )
      slabs.giveBack(oldest.bytes)
    }
  }
  assert.ok(buffers.size < 1_000, `${buffers.size} buffers for 3,000 frames`)
})

test('small and huge ones stand alone, and what is not ours is ignored', () => {
  const slabs = createSlabs()
  assert.is(slabs.take(100).buffer.byteLength, 100)
  assert.is(slabs.take(1_000_000).buffer.byteLength, 1_000_000)
  slabs.giveBack(new Uint8Array(5_000))
})

test('room grows while much is under way, and little of it is kept at rest', () => {
  const slabs = createSlabs()
  const busy = Array.from({ length: 200 }, () => slabs.take(30_000))
  const sizes = busy.map(({ buffer }) => buffer.byteLength)
  assert.equal(
    sizes,
    sizes.toSorted((a, b) => a - b),
  )
  assert.ok(sizes.at(-1)! >= 4 * sizes[0]!, `from ${sizes[0]} to ${sizes.at(-1)}`)
  for (const bytes of busy) slabs.giveBack(bytes)
  assert.is(slabs.take(30_000).buffer.byteLength, sizes[0])
})

test.run()
