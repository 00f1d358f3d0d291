import { utf8 } from '@palabre/sdk'
import { bentBytes, testSeed, seededRandom } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { piecesOf } from './body.ts'
import { decodeContent, encodeContent, isText, type Content } from './content.ts'
import { limits } from './limits.ts'

const random = seededRandom(testSeed())
const budget = 10_000

const id = '00112233445566778899aabbccddeeff'
const card = { name: 'Zoë', hints: { link: { peer: 'P', addresses: ['/ip4/127.0.0.1/tcp/1'] } }, offer: 'AAAA' }
const contents: readonly Content[] = [
  { kind: 'hello', invite: id, card },
  { kind: 'card', card },
  { kind: 'text', id, text: 'à bientôt 🦜\n"', at: 1, replyTo: id, fuse: 60_000 },
  { kind: 'edit', id, text: 'two', at: 2 },
  { kind: 'delete', id, at: 3 },
  { kind: 'react', id, reaction: '👍' },
  { kind: 'read', upTo: id },
  { kind: 'typing' },
  { kind: 'fuse', fuse: 5_000 },
]

const decoded = (value: unknown) => decodeContent(utf8.encode(JSON.stringify(value)))

test('what is written is read', () => {
  for (const content of contents) assert.equal(decodeContent(encodeContent(content)), content)
  assert.equal(decodeContent(encodeContent({ kind: 'react', id, reaction: undefined })), { kind: 'react', id, reaction: undefined })
  assert.equal(decodeContent(encodeContent({ kind: 'fuse', fuse: undefined })), { kind: 'fuse', fuse: undefined })
})

test('what is of no known kind, or lacks something, is none', () => {
  for (const value of [null, [], 'text', 4, {}, { kind: 'call' }, { kind: 'text', id, text: 'x' }, { kind: 'read', upTo: 'x' }])
    assert.is(decoded(value), undefined)
  for (const change of [
    { id: id.toUpperCase() },
    { text: 3 },
    { at: -1 },
    { at: 1.5 },
    { at: '1' },
    { text: 'x'.repeat(limits.text + 1) },
  ])
    assert.is(decoded({ kind: 'text', id, text: 'x', at: 1, ...change }), undefined)
  for (const fuse of [0, limits.fuse.least - 1, limits.fuse.most + 1, '5']) assert.is(decoded({ kind: 'fuse', fuse }), undefined)
  for (const reaction of ['', 'x'.repeat(limits.reaction + 1), 4, '\ud800'])
    assert.is(decoded({ kind: 'react', id, reaction }), undefined)
  assert.is(decodeContent(Uint8Array.of(0xff, 0xfe)), undefined)
})

test('what a person cannot see in a text is left out, not the text', () => {
  assert.equal(decoded({ kind: 'text', id, text: 'x', at: 1, replyTo: '../..', fuse: 'soon', __proto__: {}, mine: true }), {
    kind: 'text',
    id,
    text: 'x',
    at: 1,
    replyTo: undefined,
    fuse: undefined,
  })
})

test('the longest text fits its envelopes, whatever it is made of', () => {
  for (const sign of ['x', 'é', '🦜', '"', '\n', '\u0001']) {
    const text = sign.repeat(limits.text / utf8.encode(sign).length)
    assert.ok(isText(text))
    assert.not.ok(isText(`${text}x`))
    const content = encodeContent({ kind: 'text', id, text, at: 1, replyTo: id, fuse: limits.fuse.most })
    assert.ok(piecesOf(content).length <= limits.parts, JSON.stringify(sign))
  }
})

test(`whatever comes is a content or none, and nothing else of it is kept (seed ${random.seed})`, () => {
  let read = 0
  for (let round = 0; round < budget; round++) {
    const found = decodeContent(bentBytes(random, encodeContent(random.pick(contents))))
    if (found === undefined) continue
    read++
    assert.equal(decodeContent(encodeContent(found)), found)
  }
  assert.ok(read > budget / 200, 'some of it must get through, or the fuzz tries nothing')
})

test.run()
