import { check } from '@palabre/kernel/inside'
import manifestSchema from '@palabre/kernel/manifest.schema.json' with { type: 'json' }
import pluginsSchema from '@palabre/kernel/plugins.schema.json' with { type: 'json' }
import type { JsonSchema } from '@palabre/sdk'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import * as fc from 'fast-check'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const root = join(import.meta.dirname, '../..')
const files = (pattern: string) => globSync(pattern, { cwd: root }).map((path) => read(join(root, path)))
const manifests = files('plugins/*/manifest.json') as JsonSchema[]
const settings = [
  ...files('plugins.json'),
  { plugins: { a: { enabled: true, from: './x', hosts: ['cli'], config: { a: 1 } } }, bindings: { b: ['c', 'd'] } },
]

test('every manifest and plugins.json of the repository has the same verdict and the same defaults as with ajv', () => {
  assert.ok(manifests.length > 3)
  for (const manifest of manifests) assert.ok(agrees(manifest, manifestSchema))
  for (const file of settings) assert.ok(agrees(file, pluginsSchema))
})

test('so has whatever is broken in them', () => {
  const seen = { valid: 0, broken: 0 }
  for (const [samples, schema] of [
    [manifests, manifestSchema],
    [settings, pluginsSchema],
  ] as const) {
    fc.assert(
      fc.property(fc.constantFrom(...samples), fc.array(change, { minLength: 1, maxLength: 3 }), (sample, changes) => {
        const value = changes.reduce(changed, structuredClone(sample) as unknown)
        seen[agrees(value, schema) ? 'valid' : 'broken']++
      }),
      { numRuns: 1500, seed: 6 },
    )
  }
  assert.ok(seen.valid > 100 && seen.broken > 1000, JSON.stringify(seen))
})

test('every config schema and every command of the repository agrees on anything', () => {
  const schemas: JsonSchema[] = manifests.flatMap(({ config, commands }) => [
    ...(config === undefined ? [] : [config as JsonSchema]),
    ...((commands ?? []) as { args?: JsonSchema }[]).flatMap(({ args }) => (args === undefined ? [] : [args])),
  ])
  assert.ok(schemas.length > 3)
  for (const schema of schemas) {
    const keys = Object.keys((schema['properties'] as object | undefined) ?? {})
    const near = fc.dictionary(fc.constantFrom(...keys, 'other'), fc.oneof(leaf, fc.array(leaf, { maxLength: 2 })), { maxKeys: 3 })
    fc.assert(
      fc.property(near, (value) => void agrees(value, schema)),
      { numRuns: 100, seed: 7 },
    )
  }
})

test('so do made-up schemas with references, nesting and defaults', () => {
  const seen = { valid: 0, broken: 0 }
  fc.assert(
    fc.property(madeUp, fc.jsonValue({ maxDepth: 3 }), treeLike, (schema, any, like) => {
      for (const value of [any, like]) seen[agreesOnceFilled(value, schema) ? 'valid' : 'broken']++
    }),
    { numRuns: 400, seed: 8 },
  )
  assert.ok(seen.valid > 150 && seen.broken > 150, JSON.stringify(seen))
})

test.run()

function read(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8')) as unknown
}

/** Holds our answer against ajv's; returns the verdict both give. */
function agrees(made: unknown, schema: JsonSchema): boolean {
  const value = JSON.parse(JSON.stringify(made)) as unknown
  const theirs = structuredClone(value)
  const theirJudge = judge(schema, true)
  const valid = theirJudge(theirs)
  const ours = check(value, schema)
  const shown = () =>
    `${JSON.stringify(value)} under ${JSON.stringify(schema).slice(0, 400)}: ajv says ${JSON.stringify(theirJudge.errors)}`
  assert.is(ours.problems.length === 0, valid, shown())
  // ajv stops at the first fault, so only what is valid has all its defaults there.
  if (valid) assert.equal(ours.value, theirs, shown())
  for (const { path, text } of ours.problems) assert.ok(path.startsWith('/') && text.en !== '' && text.fr !== '')
  return valid
}

/** The same where ajv's verdict hangs on the order in which it meets rules and defaults: ours fills in first and judges then. */
function agreesOnceFilled(made: unknown, schema: JsonSchema): boolean {
  const value = JSON.parse(JSON.stringify(made)) as unknown
  const ours = check(value, schema)
  const shown = `${JSON.stringify(value)} under ${JSON.stringify(schema)}`
  assert.is(ours.problems.length === 0, judge(schema, false)(structuredClone(ours.value)), shown)
  const theirs = structuredClone(value)
  if (judge(schema, true)(theirs) && !/"(not|anyOf|oneOf)"/.test(JSON.stringify(schema))) assert.equal(ours.value, theirs, shown)
  return ours.problems.length === 0
}

/** Compiled once for each schema: that is what takes ajv's time. */
const compiled = { true: new WeakMap<JsonSchema, ValidateFunction>(), false: new WeakMap<JsonSchema, ValidateFunction>() }

function judge(schema: JsonSchema, useDefaults: boolean): ValidateFunction {
  const known = compiled[`${useDefaults}`].get(schema)
  if (known !== undefined) return known
  const made = new Ajv2020({ strict: false, useDefaults, validateSchema: false, addUsedSchema: false, logger: false }).compile(
    schema,
  )
  compiled[`${useDefaults}`].set(schema, made)
  return made
}

const leaf = fc.oneof(fc.constantFrom(null, true, false, 0, 1, 1.5, -1, '', 'x', 'cli', 'a@1', 'warn'), fc.string({ maxLength: 3 }))
const change = fc.record({
  way: fc.array(fc.nat(), { minLength: 1, maxLength: 6 }),
  put: fc.oneof(leaf, fc.constant({}), fc.constant([])),
  kind: fc.constantFrom('put', 'drop', 'add'),
})
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never

/** Goes some way into the value and puts something there, drops it or adds a key. */
function changed(value: unknown, { way, put: original, kind }: Change): unknown {
  const put = structuredClone(original)
  let here = value as Record<string, unknown>
  for (const [i, step] of way.entries()) {
    const keys = Object.keys(here)
    const key = keys[step % Math.max(1, keys.length)]
    const next = key === undefined ? undefined : here[key]
    const isLast = i === way.length - 1 || typeof next !== 'object' || next === null
    if (!isLast) {
      here = next as Record<string, unknown>
      continue
    }
    if (kind === 'add' || key === undefined) here[Array.isArray(here) ? `${here.length}` : `extra${step % 3}`] = put
    else if (kind === 'put' || Array.isArray(here)) here[key] = put
    else delete here[key]
    return value
  }
  return value
}

const keyName = fc.constantFrom('a', 'b', 'c')
const treeLike = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.dictionary(keyName, tie('node'), { maxKeys: 3 }),
    fc.array(tie('node'), { maxLength: 2 }),
  ),
})).node
const madeUp: fc.Arbitrary<JsonSchema> = fc
  .letrec<{ schema: JsonSchema }>((tie) => {
    const inner = tie('schema')
    const rule = fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.record({ type: fc.constantFrom('string', 'integer', 'object', ['array', 'null']) }),
      fc.record({ enum: fc.uniqueArray(leaf, { minLength: 1, maxLength: 3 }) }),
      fc.record({ minimum: fc.constantFrom(0, 1) }),
      fc.record({ minLength: fc.constantFrom(0, 1), pattern: fc.constantFrom('^x', 'a|b') }),
      fc.constant({ $ref: '#/$defs/leaf' }),
      fc.record({
        properties: fc.dictionary(keyName, withDefault(inner), { maxKeys: 3 }),
        required: fc.uniqueArray(keyName, { maxLength: 2 }),
      }),
      fc.record({
        properties: fc.dictionary(keyName, withDefault(inner), { maxKeys: 2 }),
        additionalProperties: fc.oneof(fc.boolean(), inner),
      }),
      fc.record({ items: inner, maxItems: fc.constantFrom(1, 3) }),
      fc.record({ prefixItems: fc.array(inner, { minLength: 1, maxLength: 2 }), items: inner }),
      fc.record({ patternProperties: fc.dictionary(fc.constantFrom('^a', 'b'), inner, { minKeys: 1, maxKeys: 2 }) }),
      fc.record({ allOf: fc.array(inner, { minLength: 1, maxLength: 2 }) }),
      fc.record({ anyOf: fc.array(inner, { minLength: 1, maxLength: 2 }) }),
      fc.record({ oneOf: fc.array(inner, { minLength: 1, maxLength: 2 }) }),
      fc.record({ not: inner }),
    )
    return { schema: rule as fc.Arbitrary<JsonSchema> }
  })
  .schema.map((schema) => ({ ...schema, $defs: { leaf: { properties: { a: { default: 'deep' }, b: { type: 'integer' } } } } }))

function withDefault(schema: fc.Arbitrary<JsonSchema>): fc.Arbitrary<JsonSchema> {
  return fc
    .tuple(schema, fc.option(fc.oneof(leaf, fc.constant({}), fc.constant([])), { nil: undefined }))
    .map(([rules, value]) => (value === undefined ? rules : { ...rules, default: value }))
}
