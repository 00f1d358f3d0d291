import { Primitives } from '@palabre/sdk/contract/primitives'
import { signalWire } from '@palabre/sdk/contract/signal-wire'
import { startTestHost } from '@palabre/sdk/testkit'
import * as fc from 'fast-check'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { cellRoom, openCell, sealCell } from './cell.ts'
import { roomOf } from './room-names.ts'

const host = await startTestHost({ plugins: [join(import.meta.dirname, '../primitives-node')], lend: { primitives: Primitives } })
const { primitives } = host.lent
const key = primitives.randomBytes(32)
const said = fc.uint8Array({ maxLength: cellRoom, size: 'max' })
const count = fc.integer({ min: 0, max: signalWire.cells })

test('what was said comes out again, from a cell that is always as long', () => {
  fc.assert(
    fc.property(said, count, (bytes, at) => {
      const sealed = sealCell(primitives, key, at, bytes)
      assert.is(sealed.length, signalWire.sealed)
      assert.equal(openCell(primitives, key, at, sealed), bytes)
    }),
    { numRuns: 50 },
  )
})

test('a cell of another count, under another key or with one bit bent is none', () => {
  fc.assert(
    fc.property(said, count, fc.integer({ min: 0, max: signalWire.sealed * 8 - 1 }), (bytes, at, bit) => {
      const sealed = sealCell(primitives, key, at, bytes)
      assert.is(openCell(primitives, key, at + 1, sealed), undefined)
      assert.is(openCell(primitives, primitives.randomBytes(32), at, sealed), undefined)
      sealed[bit >> 3]! ^= 1 << (bit & 7)
      assert.is(openCell(primitives, key, at, sealed), undefined)
    }),
    { numRuns: 50 },
  )
})

test('rooms of one secret at another server, in another turn or attempt have nothing in common, nor have their keys', () => {
  const secret = primitives.randomBytes(32)
  const rooms = [
    roomOf(primitives, secret, 'ws://a/', 1, 0),
    roomOf(primitives, secret, 'ws://b/', 1, 0),
    roomOf(primitives, secret, 'ws://a/', 2, 0),
    roomOf(primitives, secret, 'ws://a/', 1, 1),
    roomOf(primitives, primitives.randomBytes(32), 'ws://a/', 1, 0),
  ].flatMap(({ name, toWaiter, toVisitor }) => [name, toWaiter, toVisitor])
  assert.is(new Set(rooms.map(String)).size, rooms.length)
  assert.equal(roomOf(primitives, secret, 'ws://a/', 1, 0).name, rooms[0])
})

test.after(() => host.stop())
test.run()
