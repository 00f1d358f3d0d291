import { toHex } from '@palabre/sdk'
import { bentBytes, testSeed, seededRandom } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { decodeFrame, encodeFrame, type Frame } from './frames.ts'

const random = seededRandom(testSeed())
const budget = 10_000

const id = '00112233445566778899aabbccddeeff'
const frames: readonly Frame[] = [
  { kind: 'envelope', id, sealed: Uint8Array.of(1, 2, 3) },
  { kind: 'taken', proofs: [{ id, proof: new Uint8Array(16).fill(5) }] },
  { kind: 'taken', proofs: [] },
  { kind: 'refused', ids: [id, 'f'.repeat(32)] },
]

test('the bytes are what the page says', () => {
  assert.is(toHex(encodeFrame(frames[0]!)), `0101${id}010203`)
  assert.is(toHex(encodeFrame(frames[1]!)), `0201${id}${'05'.repeat(16)}`)
  assert.is(toHex(encodeFrame(frames[3]!)), `0301${id}${'f'.repeat(32)}`)
})

test('what is written is read', () => {
  for (const frame of frames) assert.equal(decodeFrame(encodeFrame(frame)), frame)
})

test('an unknown kind is for a newer program; another version, or a length that does not fit, breaks the agreement', () => {
  assert.is(decodeFrame(Uint8Array.of(9, 1, 0)), 'unknown')
  assert.is(decodeFrame(Uint8Array.of(1, 2, ...new Uint8Array(20))), undefined)
  for (const [kind, length] of [
    [1, 16],
    [2, 31],
    [3, 15],
  ] as const)
    assert.is(decodeFrame(Uint8Array.of(kind, 1, ...new Uint8Array(length))), undefined)
  assert.is(decodeFrame(new Uint8Array()), undefined)
})

test(`whatever comes is a frame, unknown, or none (seed ${random.seed})`, () => {
  for (let round = 0; round < budget; round++) {
    const bytes = bentBytes(random, encodeFrame(random.pick(frames)))
    const read = decodeFrame(bytes)
    if (typeof read === 'object') assert.equal(encodeFrame(read), bytes)
  }
})

test.run()
