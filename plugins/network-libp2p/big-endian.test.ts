import { testSeed, seededRandom } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { readWhole, writeWhole } from './big-endian.ts'

test('numbers stand in bytes as the language itself would write them, and come back whole', () => {
  const random = seededRandom(testSeed())
  const chance = Array.from({ length: 200 }, () => random.below(0x1_0000_0000) * random.below(0x20_0000))
  for (const value of [0, 1, 255, 256, 0xff_ff_ff_ff, Number.MAX_SAFE_INTEGER, ...chance]) {
    const bytes = new Uint8Array(10)
    writeWhole(bytes, 1, 8, value)
    assert.is(new DataView(bytes.buffer).getBigUint64(1), BigInt(value), `seed ${random.seed}`)
    assert.is(readWhole(bytes, 1, 8), value)
    assert.equal([bytes[0], bytes[9]], [0, 0])
  }
})

test('a number of four bytes leaves the others alone', () => {
  const bytes = new Uint8Array(6).fill(9)
  writeWhole(bytes, 1, 4, 0x01_02_03_04)
  assert.equal([...bytes], [9, 1, 2, 3, 4, 9])
})

test.run()
