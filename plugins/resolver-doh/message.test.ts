import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { addressOf, decodeAnswer, encodeQuestion, kinds, labelsOf, textOf } from './message.ts'

const seeded = { seed: Date.now() & 0x7fffffff, numRuns: 10_000 }
const asked = ['two', 'example']
const question = encodeQuestion(asked, kinds.a)
const name = [3, ...Buffer.from('two'), 7, ...Buffer.from('example'), 0]
const pointer = [0xc0, 12]

/** An answer to the question with these records. */
function answer(records: readonly (readonly number[])[]): Uint8Array {
  const bytes = [...question, ...records.flat()]
  bytes[2] = 0x81
  bytes[3] = 0x80
  bytes[7] = records.length
  return Uint8Array.from(bytes)
}

const record = (owner: readonly number[], kind: number, data: readonly number[], life = 60) => [
  ...owner,
  0,
  kind,
  0,
  1,
  0,
  0,
  0,
  life,
  0,
  data.length,
  ...data,
]
const here = record(pointer, kinds.a, [192, 0, 2, 1])

test('a question is as RFC 8484 has it', () => {
  const example = Buffer.from('AAABAAABAAAAAAAAA3d3dwdleGFtcGxlA2NvbQAAAQAB', 'base64url')
  assert.equal(Buffer.from(encodeQuestion(labelsOf('www.example.com')!, kinds.a)), example)
})

test('an answer with pointers, names in full, and an alias', () => {
  const alias = [5, ...Buffer.from('other'), 0xc0, 16]
  const full = [5, ...Buffer.from('OTHER'), 7, ...Buffer.from('example'), 0]
  const bytes = answer([record(name, kinds.cname, alias, 9), record(full, kinds.a, [192, 0, 2, 1])])
  const { code, life, records } = decodeAnswer(bytes, asked, kinds.a)!
  assert.equal({ code, life, records: records.map(addressOf) }, { code: 0, life: 9, records: ['192.0.2.1'] })
})

test('a record of another name or kind is not ours', () => {
  const other = [5, ...Buffer.from('other'), 0]
  const bytes = answer([record(other, kinds.a, [192, 0, 2, 9]), record(pointer, kinds.txt, [1, 65]), here])
  assert.equal(decodeAnswer(bytes, asked, kinds.a)!.records.map(addressOf), ['192.0.2.1'])
})

test('what is cut, asks back, answers something else or points in a circle is no answer', () => {
  const good = answer([here])
  assert.ok(decodeAnswer(good, asked, kinds.a))
  for (let length = 0; length < good.length; length++)
    assert.is(decodeAnswer(good.subarray(0, length), asked, kinds.a), undefined, `${length}`)
  assert.is(decodeAnswer(good, ['one', 'example'], kinds.a), undefined)
  assert.is(decodeAnswer(good, asked, kinds.aaaa), undefined)
  assert.is(decodeAnswer(question, asked, kinds.a), undefined)
  const itself = [0xc0, question.length]
  assert.is(decodeAnswer(answer([record(itself, kinds.a, [1, 2, 3, 4])]), asked, kinds.a), undefined)
  const forth = [0xc0, question.length + 2]
  assert.is(decodeAnswer(answer([record(forth, kinds.a, [1, 2, 3, 4])]), asked, kinds.a), undefined)
  const many = answer([here])
  many[6] = 0xff
  assert.is(decodeAnswer(many, asked, kinds.a), undefined)
})

test('no bytes make it throw', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.array(fc.tuple(fc.nat(60), fc.nat(255)), { maxLength: 4 }).map((changes) => {
      const bytes = answer([record(pointer, kinds.cname, name), here, record(pointer, kinds.txt, [2, 65])])
      for (const [at, value] of changes) bytes[at] = value
      return bytes
    }),
  )
  fc.assert(
    fc.property(bytes, (given) => {
      for (const one of decodeAnswer(given, asked, kinds.a)?.records ?? []) {
        addressOf(one)
        textOf(one)
      }
    }),
    seeded,
  )
})

test('addresses and texts are read as they are written', () => {
  assert.is(addressOf(Uint8Array.from([0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])), '2001:db8::1')
  assert.is(addressOf(new Uint8Array(16)), '::')
  assert.is(addressOf(new Uint8Array(5)), undefined)
  assert.is(textOf(Uint8Array.from([1, 65, 2, 66, 67])), 'ABC')
  assert.is(textOf(Uint8Array.from([9, 65])), 'A')
})

test('names are in lower case, without the last dot, and no longer than they may be', () => {
  assert.equal(labelsOf('_DnsAddr.Seed.example.'), ['_dnsaddr', 'seed', 'example'])
  for (const bad of ['', '.', 'a..b', '-a', 'a-', 'a b', 'x'.repeat(64), 'a.'.repeat(127) + 'a', 'a\0b'])
    assert.is(labelsOf(bad), undefined, bad)
})

test.run()
