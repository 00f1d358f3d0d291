import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { previewOf } from './preview.ts'

test('what shapes a message is not read in one line of it', () => {
  assert.is(previewOf('I am, **here**!'), 'I am, here!')
  assert.is(previewOf('> a quote\n\n- one\n- two\n\n`code` and *more*'), 'a quote one two code and more')
})

test('what only looks like it stays', () => {
  for (const said of ['2 * 3 * 4', 'snake_case_name', '*', '**', 'a*b', '<b>']) assert.is(previewOf(said), said)
})

test('it is short, however long the message', () => {
  assert.is(previewOf('*'.repeat(70_000)).length, 120)
  assert.is(previewOf('a '.repeat(70_000)).length, 120)
})

test.run()
