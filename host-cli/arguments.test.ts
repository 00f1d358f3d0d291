import { isPalabreError, text, type JsonSchema } from '@palabre/sdk'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { argumentsOf, callOf, flagOf, valueOf } from './arguments.ts'

const one = (schema: JsonSchema, positional = false) =>
  argumentsOf({
    id: 'x',
    title: text('x', 'x'),
    args: { type: 'object', properties: { peerName: schema } },
    ...(positional ? { positional: ['peerName'] } : {}),
  })[0]!

const refusal = (schema: JsonSchema, typed: string, positional = false) => {
  try {
    valueOf(one(schema, positional), typed)
  } catch (error) {
    if (isPalabreError(error)) return error
  }
  throw new Error(`${typed} was taken`)
}

test('every type of the schema has its kind', () => {
  const kinds = [
    [{ type: 'string' }, 'text'],
    [{}, 'text'],
    [{ type: 'boolean' }, 'flag'],
    [{ type: 'integer' }, 'number'],
    [{ type: 'number' }, 'number'],
    [{ type: 'array' }, 'many'],
    [{ type: 'object' }, 'json'],
    [{ enum: ['a', 'b'] }, 'text'],
    [{ enum: [1, 2] }, 'number'],
  ] as const
  for (const [schema, kind] of kinds) assert.is(one(schema).kind, kind, JSON.stringify(schema))
})

test('places come first and in their order, whatever the order of the schema', () => {
  const args = argumentsOf({
    id: 'x',
    title: text('x', 'x'),
    args: { type: 'object', required: ['b'], properties: { c: {}, a: {}, b: {}, d: {} } },
    positional: ['b', 'a'],
  })
  assert.equal(
    args.map(({ name, positional, required }) => [name, positional, required]),
    [
      ['b', true, true],
      ['a', true, false],
      ['c', false, false],
      ['d', false, false],
    ],
  )
})

test('a name in the schema is written as a flag; a switch that is on by itself can be switched off', () => {
  assert.is(flagOf(one({})), '--peer-name')
  assert.is(flagOf(one({ type: 'boolean', default: true })), '--no-peer-name')
  assert.is(callOf(one({}, true)), '<peerName>')
  assert.is(callOf(one({})), '--peer-name')
})

test('numbers are taken as numbers: negative, with a point, with an exponent', () => {
  const taken = (typed: string) => valueOf(one({ type: 'number' }), typed)
  assert.equal(['7', '-7', '0.5', '-1e3', '0'].map(taken), [7, -7, 0.5, -1000, 0])
})

test('what is no number is refused by name, in both languages', () => {
  for (const typed of ['', ' ', 'seven', '1,5', 'NaN', 'Infinity', '1 2']) {
    assert.is(refusal({ type: 'integer' }, typed).text.en, `--peer-name wants a number, not "${typed}"`)
  }
  assert.is(refusal({ type: 'integer' }, 'x', true).text.fr, '<peerName> demande un nombre, pas « x »')
})

test('objects are written as JSON', () => {
  assert.equal(valueOf(one({ type: 'object' }), '{"a":[1]}'), { a: [1] })
  const error = refusal({ type: 'object' }, '{a:1}')
  assert.is(error.text.en, '--peer-name wants JSON, not "{a:1}"')
  assert.match(error.todo!.fr, 'apostrophes')
})

test('of many, each is taken as its items are', () => {
  assert.equal(valueOf(one({ type: 'array', items: { type: 'integer' } }), ['1', '-2']), [1, -2])
  assert.equal(valueOf(one({ type: 'array' }), ['1', '-2']), ['1', '-2'])
  assert.match(refusal({ type: 'array', items: { enum: ['a', 'b'] } }, 'c').todo!.en, 'One of: a, b')
})

test('a choice that is none is refused with the nearest and with all', () => {
  const states: JsonSchema = { enum: ['running', 'blocked'] }
  assert.is(valueOf(one(states), 'running'), 'running')
  const error = refusal(states, 'runing')
  assert.is(error.text.fr, '--peer-name ne peut valoir « runing »')
  assert.is(error.todo!.en, 'Did you mean "running"? One of: running, blocked')
  assert.is(refusal(states, 'zzz').todo!.fr, 'Au choix : running, blocked')
  assert.is(valueOf(one({ enum: [1, 2] }), '2'), 2)
})

test('it is called as its schema says in both languages, else by its name', () => {
  assert.equal(one({ 'x-title': text('Who', 'Qui') }).title, { en: 'Who', fr: 'Qui' })
  assert.equal(one({}).title, { en: 'peerName', fr: 'peerName' })
})

test('a switch is what it is', () => {
  assert.is(valueOf(one({ type: 'boolean' }), true), true)
})

test.run()
