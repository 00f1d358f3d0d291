import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { equalBytes, fromBase64Url, fromHex, joinBytes, toBase64Url, toHex, utf8 } from './bytes.ts'

const bytes = fc.uint8Array({ maxLength: 300 })

test('what was written is read back, as others write it', () => {
  fc.assert(
    fc.property(bytes, (some) => {
      assert.is(toHex(some), Buffer.from(some).toString('hex'))
      assert.is(toBase64Url(some), Buffer.from(some).toString('base64url'))
      assert.equal(fromHex(toHex(some)), some)
      assert.equal(fromBase64Url(toBase64Url(some)), some)
    }),
  )
})

test('a megabyte is no trouble', () => {
  const large = new Uint8Array(1_000_000).fill(7)
  assert.equal(fromBase64Url(toBase64Url(large))!.length, large.length)
})

test('what is no such text is undefined', () => {
  for (const wrong of ['a', 'A=', 'AA==', 'AB', 'a+b/', 'é', ' AA']) assert.is(fromBase64Url(wrong), undefined, wrong)
  for (const wrong of ['a', 'AA', '0g', ' 00']) assert.is(fromHex(wrong), undefined, wrong)
})

test('parts are joined in order', () => {
  assert.equal(joinBytes(Uint8Array.of(1), new Uint8Array(), Uint8Array.of(2, 3)), Uint8Array.of(1, 2, 3))
})

test('equal means the same bytes', () => {
  fc.assert(fc.property(bytes, bytes, (a, b) => assert.is(equalBytes(a, b), Buffer.compare(a, b) === 0)))
  fc.assert(fc.property(bytes, (a) => assert.ok(equalBytes(a, a.slice()))))
})

test('text that is not UTF-8 is undefined, and a mark at its start is kept', () => {
  assert.is(utf8.decode(Uint8Array.of(0xc3, 0x28)), undefined)
  assert.is(utf8.decode(utf8.encode('\uFEFFé')), '\uFEFFé')
})

test.run()
