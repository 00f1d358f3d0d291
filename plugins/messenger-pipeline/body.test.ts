import { joinBytes } from '@palabre/sdk'
import { bentBytes, testSeed, seededRandom } from '@palabre/sdk/testkit'
import { bodyLimit } from '@palabre/sdk/contract/suite'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { decodeBody, encodeBody, piecesOf, type Body } from './body.ts'
import { limits } from './limits.ts'

const random = seededRandom(testSeed())
const budget = 10_000

const body: Body = {
  proof: new Uint8Array(16).fill(4),
  epoch: 0xfffffffe,
  number: 70_000,
  part: 2,
  parts: 3,
  content: Uint8Array.of(1, 2, 3),
}

test('what is written is read, from within a larger buffer too', () => {
  const bytes = encodeBody(body)
  assert.equal([...bytes.subarray(0, 27)], [1, ...body.proof, 255, 255, 255, 254, 0, 1, 17, 112, 2, 3])
  assert.equal(decodeBody(bytes), body)
  assert.equal(decodeBody(joinBytes(new Uint8Array(5), bytes).subarray(5)), body)
  assert.equal(decodeBody(encodeBody({ ...body, content: new Uint8Array() }))!.content.length, 0)
})

test('another version, something shorter, and parts that cannot be are none', () => {
  const bytes = encodeBody(body)
  assert.is(decodeBody(bytes.with(0, 2)), undefined)
  assert.is(decodeBody(bytes.subarray(0, 26)), undefined)
  for (const [part, parts] of [
    [0, 0],
    [3, 3],
    [255, 3],
    [0, limits.parts + 1],
  ] as const)
    assert.is(decodeBody(encodeBody({ ...body, part, parts })), undefined)
})

test('pieces fit an envelope each, and together are the whole', () => {
  for (const length of [0, 1, limits.part, limits.part + 1, 3 * limits.part]) {
    const content = random.bytes(length)
    const pieces = piecesOf(content)
    assert.is(pieces.length, Math.max(1, Math.ceil(length / limits.part)))
    assert.equal(joinBytes(...pieces), content)
    for (const piece of pieces) assert.ok(encodeBody({ ...body, content: piece }).length <= bodyLimit)
  }
})

test(`whatever comes is a body or none (seed ${random.seed})`, () => {
  for (let round = 0; round < budget; round++) {
    const bytes = bentBytes(random, encodeBody(body))
    const read = decodeBody(bytes)
    if (read !== undefined) assert.equal(encodeBody(read), bytes)
  }
})

test.run()
