import type { JsonSchema } from '@palabre/sdk'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { check } from './schema.ts'

test('each fault is told with its path and a sentence in both languages', () => {
  const faults: [schema: JsonSchema, value: unknown, path: string, en: string, fr: string][] = [
    [{ type: 'object' }, [], '/', 'must be object, and is array', 'doit être object, et est array'],
    [{ type: ['string', 'null'] }, 1, '/', 'must be string or null, and is number', 'doit être string ou null, et est number'],
    [{ properties: { a: { type: 'string' } } }, { a: null }, '/a', 'must be string, and is null', 'doit être string, et est null'],
    [{ properties: { a: { type: 'integer' } } }, { a: 1.5 }, '/a', 'must be integer, and is number', 'doit être integer'],
    [{ required: ['a'] }, {}, '/', '"a" is missing', '« a » manque'],
    [{ properties: { a: { enum: ['x', 1] } } }, { a: 'y' }, '/a', 'must be "x" or 1', 'doit être "x" ou 1'],
    [{ properties: { a: { const: true } } }, { a: 1 }, '/a', 'must be true', 'doit être true'],
    [{ items: { minimum: 3 } }, [4, 2], '/1', 'must be at least 3', 'doit valoir au moins 3'],
    [{ items: { maximum: 3 } }, [4], '/0', 'must be at most 3', 'doit valoir au plus 3'],
    [
      { properties: { a: { pattern: '^x' } } },
      { a: 'y' },
      '/a',
      'does not have the expected form (^x)',
      'n’a pas la forme attendue',
    ],
    [
      { items: { pattern: '^/', examples: ['/dns4/example.org'] } },
      ['example.org'],
      '/0',
      'as in /dns4/example.org',
      'par exemple /dns4/example.org',
    ],
    [{ prefixItems: [{ minimum: 3 }] }, [1], '/0', 'must be at least 3', 'doit valoir au moins 3'],
    [{ patternProperties: { '^a': { minimum: 3 } } }, { ab: 1 }, '/ab', 'must be at least 3', 'doit valoir au moins 3'],
    [{ allOf: [{ type: 'array' }] }, 1, '/', 'must be array, and is number', 'doit être array'],
    [{ if: { type: 'string' }, else: { minimum: 3 } }, 1, '/', 'must be at least 3', 'doit valoir au moins 3'],
    [{ minItems: 2 }, [1], '/', 'must have at least 2 items', 'doit avoir au moins 2 éléments'],
    [{ maxItems: 1 }, [1, 2], '/', 'must have at most 1 item', 'doit avoir au plus 1 élément'],
    [{ minLength: 1 }, '', '/', 'must not be empty', 'ne doit pas être vide'],
    [{ minLength: 2 }, 'a', '/', 'must have at least 2 characters', 'doit avoir au moins 2 caractères'],
    [{ maxLength: 1 }, 'ab', '/', 'must have at most 1 character', 'doit avoir au plus 1 caractère'],
    [{ uniqueItems: true }, [1, 1], '/', 'does not satisfy "uniqueItems": true', 'ne respecte pas « uniqueItems » : true'],
    [{ properties: { a: false } }, { a: 1 }, '/a', 'is not a known key', 'n’est pas une clé connue'],
  ]
  for (const [schema, value, path, en, fr] of faults) {
    const { problems } = check(value, schema)
    assert.equal(
      problems.map((problem) => problem.path),
      [path],
      en,
    )
    assert.match(problems[0]!.text.en, en)
    assert.match(problems[0]!.text.fr, fr)
  }
})

test('an unknown key names the nearest known one, at any depth', () => {
  const inner = { additionalProperties: false, properties: { listen: { type: 'array' }, level: {} } }
  const schema: JsonSchema = {
    type: 'object',
    additionalProperties: false,
    properties: {
      deep: { type: 'object', additionalProperties: false, properties: { deeper: inner } },
      rows: { type: 'array', items: inner },
      byName: { type: 'object', additionalProperties: { $ref: '#/$defs/inner' } },
    },
    $defs: { inner },
  }
  const faults: [object, path: string, meant: string][] = [
    [{ dep: {} }, '/dep', 'deep'],
    [{ deep: { depper: {} } }, '/deep/depper', 'deeper'],
    [{ deep: { deeper: { lisen: [] } } }, '/deep/deeper/lisen', 'listen'],
    [{ rows: [{}, { leve: 1 }] }, '/rows/1/leve', 'level'],
    [{ byName: { anything: { listne: [] } } }, '/byName/anything/listne', 'listen'],
  ]
  for (const [value, path, meant] of faults) {
    const { problems } = check(value, schema)
    assert.equal(
      problems.map((one) => one.path),
      [path],
    )
    assert.is(problems[0]!.text.en, `is not a known key; did you mean "${meant}"?`)
    assert.is(problems[0]!.text.fr, `n’est pas une clé connue ; vouliez-vous dire « ${meant} » ?`)
  }
})

test('paths are written as the person wrote the keys', () => {
  const schema = { additionalProperties: { type: 'string' } }
  for (const key of ['café', 'a b', 'a#b', '50%', '']) assert.is(check({ [key]: 1 }, schema).problems[0]!.path, `/${key}`)
})

test('a key that is half a character is refused and not thrown over', () => {
  assert.match(check({ '\ud800': 1 }, { additionalProperties: { type: 'string' } }).problems[0]!.text.en, 'not valid Unicode')
})

test('defaults are filled in at every depth, through references, and are nobody’s', () => {
  const schema: JsonSchema = {
    properties: {
      list: { default: ['x'] },
      inner: { default: {}, $ref: '#/$defs/inner' },
      rows: { items: { $ref: '#/$defs/inner' } },
    },
    additionalProperties: { $ref: '#/$defs/inner' },
    $defs: { inner: { properties: { level: { default: 'warn' } } } },
  }
  const given = { rows: [{}, { level: 'info' }], other: {}, list: undefined }
  const { value } = check(given, schema)
  assert.equal(value, {
    rows: [{ level: 'warn' }, { level: 'info' }],
    other: { level: 'warn' },
    list: ['x'],
    inner: { level: 'warn' },
  })
  ;(value as { list: string[] }).list.push('y')
  assert.equal((check({}, schema).value as { list: string[] }).list, ['x'])
  assert.equal(given.rows, [{}, { level: 'info' }])
})

test('defaults reach what a pattern, a place in a row or a part of all speaks of', () => {
  const level = { properties: { level: { default: 1 } } }
  const other = { properties: { other: { default: 2 } } }
  const schema: JsonSchema = {
    allOf: [{ properties: { extra: { default: true } } }],
    properties: { named: level, row: { prefixItems: [level], items: other } },
    patternProperties: { '^p': level },
    additionalProperties: other,
  }
  assert.equal(check({ named: {}, p: {}, free: {}, row: [{}, {}, {}] }, schema).value, {
    named: { level: 1 },
    p: { level: 1 },
    free: { other: 2 },
    row: [{ level: 1 }, { other: 2 }, { other: 2 }],
    extra: true,
  })
})

test('a schema that refers to itself ends, even where its defaults do not', () => {
  const tree: JsonSchema = {
    $ref: '#/$defs/node',
    $defs: { node: { properties: { next: { $ref: '#/$defs/node', default: {} } } } },
  }
  assert.ok(JSON.stringify(check({}, tree).value).length < 5_000)
})

test('a schema is left as it was', () => {
  const schema = Object.freeze({ properties: Object.freeze({ a: Object.freeze({ type: 'string' }) }) })
  assert.equal(check({ a: 'x' }, schema).problems, [])
  assert.equal(Object.getOwnPropertyNames(schema), ['properties'])
})

test('what nobody asked about has no default from a branch that may not apply', () => {
  const schema = { anyOf: [{ properties: { a: { default: 1 } } }], if: { properties: { b: { default: 2 } } } }
  assert.equal(check({}, schema).value, {})
})

test.run()
