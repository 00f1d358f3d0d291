import { message, refused, row } from '@palabre/sdk/conformance/store-samples'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { startTestHost } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { messageOf, messageRow, outboxEntry, outboxRowOf } from './sealed-rows.ts'
import { createSealer, type Sealer } from './sealer.ts'

const noble = new URL('../primitives-noble', import.meta.url).pathname
const key = (n: number) => new Uint8Array(32).fill(n)
const kept = { ...message(1, { text: 'unmistakable' }), place: 7, expiresAt: 7_200_001, reactions: { bob: '👍' } }

async function withSealers(work: (mine: Sealer, other: Sealer) => void | Promise<void>): Promise<void> {
  await using host = await startTestHost({ plugins: [noble], lend: { primitives: Primitives } })
  const { primitives } = host.lent
  await work(createSealer(primitives, key(1), key(2)), createSealer(primitives, key(3), key(2)))
}

test('rows say again what was put into them', () =>
  withSealers((mine) => {
    assert.equal(messageOf(mine, messageRow(mine, kept)), kept)
    const waiting = row(1, { storedAt: ['m'], message: 'x' })
    assert.equal(outboxRowOf(mine, outboxEntry(mine, waiting)), waiting)
  }))

test('a row opens with its key and in its own place only, and not when a bit was changed', () =>
  withSealers(async (mine, other) => {
    const [one, two] = [messageRow(mine, kept), messageRow(mine, { ...kept, id: 'another' })]
    const flipped = one.sealed.map((byte, i) => (i === 30 ? byte ^ 1 : byte))
    for (const broken of [
      { ...one, sealed: two.sealed },
      { ...one, sealed: flipped },
      { ...one, sealed: new Uint8Array(9) },
    ])
      await refused(Promise.try(messageOf, mine, broken), 'storage-failed')
    await refused(Promise.try(messageOf, other, one), 'storage-failed')
  }))

test('what stands in the open tells the hour and the order, and no word and no name', () =>
  withSealers((mine) => {
    const { sealed, id, conversation, ...open } = messageRow(mine, kept)
    assert.equal(open, { place: 7, unread: conversation, expires: 2 })
    assert.match(id, /^[0-9a-f]{32}$/)
    assert.is.not(id, kept.id)
    assert.not.match(new TextDecoder('latin1').decode(sealed), 'unmistakable')
    assert.is(mine.code('a', 'bc'), mine.code('a', 'bc'))
    assert.is.not(mine.code('a', 'bc'), mine.code('a', 'b', 'c'))
    assert.is.not(mine.code('a', 'bc'), mine.code('b', 'bc'))
    assert.equal(messageRow(mine, { ...kept, state: 'read' }).unread, undefined)
  }))

test.run()
