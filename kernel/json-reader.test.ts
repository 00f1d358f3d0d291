import { isPalabreError, type PalabreError } from '@palabre/sdk'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { readJson } from './json-reader.ts'

test('each fault is told with line and column, in both languages', () => {
  const faults: [json: string, at: string, en: string][] = [
    ['', '1:1', 'a value'],
    ['   ', '1:4', 'a value'],
    ['{', '1:2', 'a key in double quotes'],
    ['{"a" 1}', '1:6', '":"'],
    ['{"a":}', '1:6', 'a value'],
    ['{\n  "a": 1\n  "b": 2\n}', '3:3', '"," or "}"'],
    ['{"a":1,}', '1:8', 'a key in double quotes'],
    ['[1,]', '1:4', 'a value'],
    ['[1 2]', '1:4', '"," or "]"'],
    ['{"a":1} x', '1:9', 'nothing more'],
    ["{'a':1}", '1:2', 'a key in double quotes'],
    ['{a:1}', '1:2', 'a key in double quotes'],
    ['[01]', '1:3', '"," or "]"'],
    ['[1.]', '1:3', '"," or "]"'],
    ['[-]', '1:2', 'a value'],
    ['[tru]', '1:2', 'a value'],
    ['["a\nb"]', '1:2', 'a value'],
    ['["\\x"]', '1:2', 'a value'],
    ['// note\n{}', '1:1', 'a value'],
    ['{"a":[1,{"b":2]}', '1:15', '"," or "}"'],
  ]
  for (const [json, at, en] of faults) {
    const error = refused(json)
    assert.is(error.code, 'bad-settings')
    assert.match(error.text.en, `plugins.json:${at} is not valid JSON: here stands something else than ${en}`)
    assert.match(error.text.fr, `plugins.json:${at} n’est pas du JSON valide`)
    assert.match(error.todo!.en, 'Correct the file there')
  }
})

test('a key that stands twice is told, however it is written', () => {
  assert.match(refused('{"a": 1,\n "b": {"x": 1, "\\u0078": 2}}').message, 'plugins.json:2:16 the key "x" stands twice')
  assert.equal(readJson('x', '[{"a":1},{"a":2}]'), [{ a: 1 }, { a: 2 }])
})

test('a byte order mark at the beginning is no part of the text', () => {
  assert.equal(readJson('x', '\ufeff{"a":1}'), { a: 1 })
  assert.match(refused('\ufeff{"a":}').message, 'plugins.json:1:7')
})

test('too much and too deep are refused at once', () => {
  const huge = ' '.repeat(10 * 1024 * 1024)
  const cases: [string, RegExp][] = [
    ['['.repeat(10 * 1024 * 1024), /is larger than 1024 KiB/],
    [`{"a":"${'x'.repeat(10 * 1024 * 1024)}"}`, /is larger than 1024 KiB/],
    [huge, /is larger than 1024 KiB/],
    ['['.repeat(1024 * 1024), /plugins.json:1:65 is nested deeper than 64/],
    ['{"a":'.repeat(200_000), /is nested deeper than 64/],
  ]
  for (const [json, said] of cases) {
    const begun = performance.now()
    assert.match(refused(json).message, said)
    const took = performance.now() - begun
    assert.ok(took < 100, `${took} ms`)
  }
  assert.ok(Array.isArray(readJson('x', '['.repeat(64) + ']'.repeat(64))))
})

test('the largest text that is allowed is read, in one piece or in many', () => {
  const word = 'é\\n'.repeat(300_000)
  assert.is((readJson('x', `"${word}"`) as string).length, 600_000)
  const row = `[${'1,'.repeat(500_000)}1]`
  assert.is((readJson('x', row) as unknown[]).length, 500_001)
  const keys = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`key${i}`, i]))
  assert.equal(Object.keys(readJson('x', JSON.stringify(keys)) as object).length, 50_000)
})

test('a key named __proto__ stays a key', () => {
  const value = readJson('x', '{"__proto__":{"a":1}}') as object
  assert.equal(Object.keys(value), ['__proto__'])
  assert.is((value as { a?: number }).a, undefined)
})

test.run()

function refused(json: string): PalabreError {
  try {
    readJson('plugins.json', json)
  } catch (error) {
    assert.ok(isPalabreError(error), String(error))
    return error as PalabreError
  }
  throw new Error(`${json.slice(0, 40)} was taken`)
}
