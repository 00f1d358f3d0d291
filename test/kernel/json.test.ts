import { readJson } from '@palabre/kernel/inside'
import { isPalabreError } from '@palabre/sdk'
import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

/** Valid JSON with a letter taken out, put in or exchanged here and there: most of it broken, some of it not. */
const nearly = fc
  .tuple(
    fc.json({ maxDepth: 4 }),
    fc.array(
      fc.tuple(fc.nat(), fc.constantFrom('', ...Array.from('{}[]",:\\ \n\t0123456789.eE+-tfnalsru\u0001é\ufeff')), fc.boolean()),
      {
        maxLength: 3,
      },
    ),
  )
  .map(([json, changes]) =>
    changes.reduce((text, [at, letter, instead]) => {
      const i = at % (text.length + 1)
      return text.slice(0, i) + letter + text.slice(i + (instead ? 1 : 0))
    }, json),
  )
const tokens = fc.array(
  fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '"b"', '1', '-0', '1e5', 'null', ' ', '\n', '"\\u00e9"'),
  { maxLength: 12 },
)

test('takes what JSON.parse takes, with the same value, and nothing else, save doubled keys', () => {
  let taken = 0
  let refused = 0
  fc.assert(
    fc.property(
      fc.oneof(
        nearly,
        tokens.map((row) => row.join('')),
        fc.json(),
        fc.string(),
      ),
      (json) => {
        const ours = attempt(() => readJson('file.json', json))
        const theirs = attempt(() => JSON.parse(json.startsWith('\ufeff') ? json.slice(1) : json) as unknown)
        if ('value' in ours) {
          assert.ok('value' in theirs, `only ours takes ${JSON.stringify(json)}`)
          assert.ok(isSame(ours.value, theirs.value), `another value for ${JSON.stringify(json)}`)
          taken++
          return
        }
        refused++
        assert.ok(isPalabreError(ours.error), String(ours.error))
        assert.match((ours.error as Error).message, /^file\.json:\d+:\d+ /)
        if ('value' in theirs) assert.match((ours.error as Error).message, 'stands twice', JSON.stringify(json))
      },
    ),
    { numRuns: 20_000, seed: 4 },
  )
  assert.ok(taken > 3000 && refused > 3000, `${taken} taken, ${refused} refused`)
})

test('the place of a fault is where the text stops being JSON', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 3 }), fc.nat(), (json, at) => {
      const cut = json.slice(0, at % json.length)
      const error = (attempt(() => readJson('f', cut)) as { error?: Error }).error
      if (error === undefined) return
      const [, line, column] = /^f:(\d+):(\d+)/.exec(error.message)!.map(Number)
      const lines = cut.split('\n')
      const offset = lines.slice(0, line! - 1).reduce((sum, one) => sum + one.length + 1, 0) + column! - 1
      assert.ok(offset <= cut.length)
      assert.ok('error' in attempt(() => JSON.parse(cut) as unknown) || error.message.includes('twice'))
    }),
    { numRuns: 2000, seed: 5 },
  )
})

test.run()

function attempt<T>(work: () => T): { value: T } | { error: unknown } {
  try {
    return { value: work() }
  } catch (error) {
    return { error }
  }
}

/** Tells -0 from 0 and keeps the order of keys, as uvu's equal does not. */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return Object.is(a, b)
  const [ours, theirs] = [Object.entries(a), Object.entries(b)]
  return (
    Array.isArray(a) === Array.isArray(b) &&
    ours.length === theirs.length &&
    ours.every(([key, value], i) => key === theirs[i]![0] && isSame(value, theirs[i]![1]))
  )
}
