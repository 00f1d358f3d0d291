import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { kindOf, readField, shown, titleOf } from './schema-form.ts'

test('each kind of setting has its field, and says the same when it is read again', () => {
  const cases = [
    [{ type: 'boolean' }, 'yes-no', true],
    [{ enum: ['info', 'debug'] }, 'choice', 'debug'],
    [{ type: 'integer' }, 'number', 42],
    [{ type: 'string' }, 'text', 'Hello'],
    [{ type: 'array', items: { type: 'string' } }, 'lines', ['a', 'b']],
    [{ type: 'object' }, 'json', { a: [1] }],
  ] as const
  for (const [schema, kind, value] of cases) {
    assert.is(kindOf(schema), kind)
    const said = kind === 'yes-no' ? value : kind === 'choice' ? JSON.stringify(value) : shown(kind, value)
    assert.equal(readField(kind, said as string | boolean), value)
  }
})

test('what is left empty is not set, an empty list is one', () => {
  assert.is(readField('number', ''), undefined)
  assert.equal(readField('lines', ' \n'), [])
  assert.throws(
    () => readField('json', '{'),
    (error: unknown) => error instanceof SyntaxError,
  )
})

test('a setting without a title goes by its name', () => {
  assert.is(titleOf('level', {}, 'fr'), 'level')
  assert.is(titleOf('level', { 'x-title': { en: 'Level', fr: 'Niveau' } }, 'fr'), 'Niveau')
})

test.run()
