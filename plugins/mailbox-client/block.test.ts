import { toHex, utf8 } from '@palabre/sdk'
import { mailboxWire } from '@palabre/sdk/contract/mailbox-wire'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { sealedLimit } from '@palabre/sdk/contract/suite'
import { startTestHost } from '@palabre/sdk/testkit'
import * as fc from 'fast-check'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openBlock, packed, sealBlock, type Item } from './block.ts'

const host = await startTestHost({ plugins: [join(import.meta.dirname, '../primitives-node')], lend: { primitives: Primitives } })
const { primitives } = host.lent

const id = fc.uint8Array({ minLength: 16, maxLength: 16 }).map(toHex)
const envelope = fc.record({ id, sealed: fc.uint8Array({ maxLength: sealedLimit, size: 'max' }) })
const proof = fc.record({ id, proof: fc.uint8Array({ minLength: 16, maxLength: 16 }) })
const items = fc.array(
  fc.oneof(
    envelope.map((one): Item => ({ kind: 'envelope', ...one })),
    proof.map((one): Item => ({ kind: 'proof', ...one })),
  ),
  { maxLength: 20 },
)

const plain = (list: readonly Item[]) =>
  JSON.stringify(list, (_key, value: unknown) => (value instanceof Uint8Array ? toHex(value) : value))

test('whatever is packed comes out again in its order, from blocks that are all as long', () => {
  const mine = primitives.x25519.generate()
  fc.assert(
    fc.property(items, (list) => {
      const blocks = packed(list).map((some) => sealBlock(primitives, mine.publicKey, some)!)
      assert.ok(blocks.every(({ length }) => length === mailboxWire.block))
      assert.is(plain(blocks.flatMap((block) => openBlock(primitives, mine, block)!)), plain(list))
    }),
    { numRuns: 40 },
  )
})

test('the longest that a suite makes fits one block, and small ones share it', () => {
  const one = (length: number): Item => ({ kind: 'envelope', id: '00'.repeat(16), sealed: new Uint8Array(length) })
  assert.is(packed([one(sealedLimit)]).length, 1)
  assert.is(packed(Array.from({ length: 50 }, () => one(256))).length, 1)
  assert.is(packed([one(sealedLimit), one(256), one(sealedLimit)]).length, 3)
  assert.throws(() => packed([one(sealedLimit + 256)]))
})

test('a block that was altered anywhere, cut, or sealed for another queue does not open', () => {
  const mine = primitives.x25519.generate()
  const block = sealBlock(primitives, mine.publicKey, [{ kind: 'envelope', id: '11'.repeat(16), sealed: utf8.encode('hello') }])!
  for (const at of [0, 31, 32, 100, mailboxWire.block - 1]) {
    const altered = block.slice()
    altered[at]! ^= 1
    assert.is(openBlock(primitives, mine, altered), undefined)
  }
  assert.is(openBlock(primitives, mine, block.subarray(1)), undefined)
  assert.is(openBlock(primitives, primitives.x25519.generate(), block), undefined)
  assert.is(sealBlock(primitives, new Uint8Array(32), []), undefined)
})

test('the same thing sealed twice has nothing in common', () => {
  const mine = primitives.x25519.generate()
  const list: Item[] = [{ kind: 'envelope', id: '22'.repeat(16), sealed: new Uint8Array(8_000) }]
  const [one, two] = [1, 2].map(() => Buffer.from(sealBlock(primitives, mine.publicKey, list)!))
  for (let at = 0; at + 8 <= one!.length; at += 1) assert.is(two!.indexOf(one!.subarray(at, at + 8)), -1)
})

test.after(() => host.stop())
test.run()
