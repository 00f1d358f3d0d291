import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { PalabreError, textOf } from './error.ts'
import { text } from './text.ts'

test('an error says of itself what a person reads, in both languages where it was written for that', () => {
  const said = text('no such plugin', 'pas de tel plugin')
  assert.equal(textOf(new PalabreError('bad-argument', said)), said)
  assert.equal(textOf(new TypeError('x is not a function')), { en: 'x is not a function', fr: 'x is not a function' })
  assert.equal(textOf('a word'), { en: 'a word', fr: 'a word' })
})

test.run()
