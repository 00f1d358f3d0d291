import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createAnswerSieve, type Position } from './answer-sieve.ts'

/** What comes over the line, what of it was typed, and what was answered. */
interface Piece {
  readonly raw: string
  readonly keys: string
  readonly answer?: Position
}

const typed = fc.constantFrom('a', 'é', '🌍', '\r', '\u0003', '\u001b[A', '\u001b[3~', '\u001b[1;5C', '\u001bOP', '[12;40R')
const small = fc.nat(999)
const position = fc.tuple(small, small).map(([row, column]): Piece => ({
  raw: `\u001b[${row};${column}R`,
  keys: '',
  answer: { row, column },
}))
const insidePaste = fc.constantFrom(
  ['so\rit is\t', 'so\rit is\t'],
  ['\u001b[12;40R', '␛[12;40R'],
  ['\u0003', '␃'],
  ['\u001b[20', '␛[20'],
)
const paste = fc.array(insidePaste, { maxLength: 4 }).map((parts): Piece => {
  const between = (which: 0 | 1) => `\u001b[200~${parts.map((part) => part[which]).join('')}\u001b[201~`
  return { raw: between(0), keys: between(1) }
})
const pieces = fc.array(
  fc.oneof(
    typed.map((raw): Piece => ({ raw, keys: raw })),
    position,
    paste,
  ),
  { maxLength: 12 },
)

/** In pieces of these lengths. */
function cut(said: string, lengths: readonly number[]): string[] {
  const parts: string[] = []
  for (let from = 0, turn = 0; from < said.length; turn++) {
    const length = lengths[turn % lengths.length]!
    parts.push(said.slice(from, from + length))
    from += length
  }
  return parts
}

test('however it is cut up on its way, answers are taken out, and what is typed and pasted stays', () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(pieces, lengths, (all, sizes) => {
      const sieve = createAnswerSieve()
      const asked = all.filter(({ answer }) => answer !== undefined)
      // One more than comes: the last answer may still be on its way.
      sieve.expect(asked.length + 1)
      const sifted = cut(all.map(({ raw }) => raw).join(''), sizes).map((part) => sieve.sift(part))
      assert.is(sifted.map(({ keys }) => keys).join('') + sieve.release(), all.map(({ keys }) => keys).join(''))
      assert.equal(
        sifted.flatMap(({ answers }) => answers),
        asked.map(({ answer }) => answer),
      )
    }),
  )
})

test('nothing is taken out that was not asked for', () => {
  const sieve = createAnswerSieve()
  assert.equal(sieve.sift('\u001b[1;2R'), { keys: '\u001b[1;2R', answers: [] })
  sieve.expect(1)
  assert.equal(sieve.sift('\u001b[7;2R\u001b[1;2R'), { keys: '\u001b[1;2R', answers: [{ row: 7, column: 2 }] })
})

test('the key that begins every answer is a key once nothing follows it', () => {
  const sieve = createAnswerSieve()
  sieve.expect(1)
  assert.is(sieve.sift('x\u001b').keys, 'x')
  assert.is(sieve.release(), '\u001b')
  assert.is(sieve.release(), '')
  assert.is(sieve.sift('\u001b[12;').keys, '')
  assert.is(sieve.release(), '', 'a terminal ends what it has begun')
  assert.equal(sieve.sift('40R').answers, [{ row: 12, column: 40 }])
})

test.run()
