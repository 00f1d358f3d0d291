import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { withValue } from './json-edit.ts'

const lines = (...all: string[]) => `${all.join('\n')}\n`

test('an empty file opens up, over lines and indented', () => {
  assert.is(withValue('{}\n', ['plugins', 'a'], true), lines('{', '  "plugins": {', '    "a": true', '  }', '}'))
})

test('tabs stay tabs, four spaces stay four', () => {
  for (const unit of ['\t', '    ']) {
    const before = lines('{', `${unit}"plugins": {`, `${unit}${unit}"a": true`, `${unit}}`, '}')
    const after = lines(
      '{',
      `${unit}"plugins": {`,
      `${unit}${unit}"a": true,`,
      `${unit}${unit}"b": {`,
      `${unit}${unit}${unit}"x": 1`,
      `${unit}${unit}}`,
      `${unit}}`,
      '}',
    )
    assert.is(withValue(before, ['plugins', 'b', 'x'], 1), after)
  }
})

test('Windows line ends stay, also inside what is new', () => {
  const before = lines('{', '  "a": 1', '}').replaceAll('\n', '\r\n')
  const after = lines('{', '  "a": 1,', '  "b": {', '    "c": 2', '  }', '}').replaceAll('\n', '\r\n')
  assert.is(withValue(before, ['b'], { c: 2 }), after)
})

test('what shares a line or stands oddly is not laid out anew', () => {
  const before = '{ "plugins":   {"a":true , "b": { "enabled": false }} ,\n"profiles" : {} }'
  assert.is(withValue(before, ['plugins', 'b', 'enabled'], true), before.replace('false', 'true'))
  assert.is(
    withValue(before, ['plugins', 'b', 'config', 'x'], [1, 'y']),
    before.replace('false }', 'false, "config": { "x": [1, "y"] } }'),
  )
})

test('one line without a space stays so', () => {
  assert.is(
    withValue('{"a":{"b":1}}', ['a', 'c'], { d: [true, null] }),
    '{"a":{"b":1},"c":{"d":[true,null]}}'.replace('},"c":{"d":[true,null]}}', ',"c":{"d":[true,null]}}}'),
  )
  assert.is(withValue('{"a":{}}', ['a', 'b'], 1), '{"a":{"b":1}}')
})

test('keys keep their order; a value is replaced where it stands, in the form it had', () => {
  const before = lines('{', '  "z": 1,', '  "m": { "n": 1 },', '  "a": 3', '}')
  assert.is(withValue(before, ['m'], { n: 2, o: 3 }), before.replace('{ "n": 1 }', '{\n    "n": 2,\n    "o": 3\n  }'))
  assert.is(withValue(before, ['m', 'n'], { p: {} }), before.replace('"n": 1', '"n": { "p": {} }'))
  assert.is(withValue(before, ['z'], 'ä"\n'), before.replace('1,', '"ä\\"\\n",'))
})

test('an empty object in the middle opens up as its neighbours stand', () => {
  const before = lines('{', '  "a": {},', '  "b": { "c": {} }', '}')
  assert.is(withValue(before, ['a', 'x'], 1), before.replace('"a": {}', '"a": {\n    "x": 1\n  }'))
  assert.is(withValue(before, ['b', 'c', 'x'], 1), before.replace('"c": {}', '"c": { "x": 1 }'))
})

test.run()
