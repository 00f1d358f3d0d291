import { isPalabreError, type JsonSchema } from '@palabre/sdk'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { changesOf } from './changes.ts'

const schema: JsonSchema = {
  type: 'object',
  properties: {
    word: { type: 'string' },
    outer: { type: 'object', properties: { inner: { type: 'string' }, count: { type: 'integer' } } },
  },
}
const changes = (words: string[], now: object = {}) => changesOf(words, now, schema)
const refusal = (fn: () => unknown) => {
  try {
    fn()
  } catch (error) {
    if (isPalabreError(error) && error.code === 'bad-argument') return error.text
    throw error
  }
  return assert.unreachable() as never
}

test('a value that is JSON is taken as such, any other as text', () => {
  assert.equal(changes(['n=1', 'b=true', 'l=["x",2]', 'o={"p":null}', 't=some words', 'e=', 'eq=a=b']), {
    n: 1,
    b: true,
    l: ['x', 2],
    o: { p: null },
    t: 'some words',
    e: '',
    eq: 'a=b',
  })
})

test('where the schema wants text it stays text, also inside', () => {
  assert.equal(changes(['word=12', 'outer.inner=true', 'outer.count=3']), { word: '12', outer: { inner: 'true', count: 3 } })
})

test('a setting inside another leaves its neighbours as they are, in settings and in words before', () => {
  const now = { outer: { inner: 'i', deep: { a: 1, b: 2 } }, list: [1] }
  assert.equal(changes(['outer.deep.a=9'], now), { outer: { inner: 'i', deep: { a: 9, b: 2 } } })
  assert.equal(changes(['outer.deep.a=9', 'outer.deep.c=3'], now), { outer: { inner: 'i', deep: { a: 9, b: 2, c: 3 } } })
  assert.equal(changes(['new.deep=1', 'list.x=1'], now), { new: { deep: 1 }, list: { x: 1 } })
  assert.equal(now, { outer: { inner: 'i', deep: { a: 1, b: 2 } }, list: [1] })
})

test('what is no change is told', () => {
  for (const word of ['level', '=1', 'a.=1', '.a=1', 'a..b=1', '']) {
    assert.equal(
      refusal(() => changes([word])),
      { en: `"${word}" is no change`, fr: `« ${word} » n’est pas un changement` },
    )
  }
})

test('a key that could reach into prototypes is refused, at any depth and in JSON, and reaches nothing', () => {
  for (const key of ['__proto__', 'constructor', 'prototype']) {
    for (const word of [`${key}=1`, `a.${key}.b=1`, `${key}.b=1`, `a.${key}=1`]) {
      assert.is(refusal(() => changes([word])).en, `"${key}" is a forbidden key`)
    }
    for (const json of [`{"${key}":1}`, `{"a":[{"${key}":{}}]}`]) {
      assert.equal(
        refusal(() => changes([`a=${json}`])),
        { en: `"${key}" is a forbidden key`, fr: `« ${key} » est une clé interdite` },
      )
    }
  }
  assert.is(({} as Record<string, unknown>)['b'], undefined)
  assert.equal(changes(['toString.x=1']), { toString: { x: 1 } })
})

test.run()
