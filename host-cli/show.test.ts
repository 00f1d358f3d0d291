import { PalabreError, text, type Language } from '@palabre/sdk'
import type { Reply } from '@palabre/sdk/contract/command'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createShower, printable, type Shower } from './show.ts'

function shown(language: Language, json: boolean, show: (shower: Shower) => void) {
  const said = { out: '', err: '' }
  const { stdout, stderr } = process
  const writes = [stdout.write, stderr.write] as const
  stdout.write = (chunk) => Boolean((said.out += String(chunk)))
  stderr.write = (chunk) => Boolean((said.err += String(chunk)))
  try {
    show(createShower(language, json))
  } finally {
    ;[stdout.write, stderr.write] = writes
  }
  return said
}
const replied = (reply: Reply, language: Language = 'en', json = false) => shown(language, json, (shower) => shower.reply(reply))

test('people read the text in their language, programs the data', () => {
  const reply = { data: { n: 1 }, text: text('one', 'un') }
  assert.equal(replied(reply), { out: 'one\n', err: '' })
  assert.equal(replied(reply, 'fr'), { out: 'un\n', err: '' })
  assert.equal(replied(reply, 'fr', true), { out: '{"n":1}\n', err: '' })
})

test('data without a text is shown as it is; nothing is shown as nothing, and to programs as null', () => {
  assert.is(replied({ data: 'word' }).out, 'word\n')
  assert.is(replied({ data: { n: [1] } }).out, '{\n  "n": [\n    1\n  ]\n}\n')
  assert.is(replied({ data: undefined }).out, '')
  assert.is(replied({ data: null }).out, '')
  assert.is(replied({ data: [], text: text('', '') }).out, '')
  assert.is(replied({ data: undefined }, 'en', true).out, 'null\n')
})

test('an error goes to standard error: what is wrong, then what to do', () => {
  const error = new PalabreError('bad-argument', text('wrong', 'faux'), { todo: text('mend it', 'réparez') })
  assert.equal(
    shown('en', false, (shower) => shower.error(error)),
    { out: '', err: 'wrong\nmend it\n' },
  )
  assert.equal(
    shown('fr', false, (shower) => shower.error(error)),
    { out: '', err: 'faux\nréparez\n' },
  )
  assert.is(shown('fr', false, (shower) => shower.error(new PalabreError('internal', text('a', 'b')))).err, 'b\n')
  assert.equal(JSON.parse(shown('fr', true, (shower) => shower.error(error)).err), {
    error: { code: 'bad-argument', message: 'wrong', text: { en: 'wrong', fr: 'faux' }, todo: { en: 'mend it', fr: 'réparez' } },
  })
})

test('any other thrown thing is shown too', () => {
  assert.match(shown('en', false, (shower) => shower.error(new Error('oops'))).err, /^Error: oops\n    at /)
  assert.is(shown('en', false, (shower) => shower.error('a word')).err, 'a word\n')
  assert.equal(JSON.parse(shown('en', true, (shower) => shower.error('a word')).err), {
    error: { code: 'internal', message: 'a word' },
  })
})

const kept = ['\t', '\n', ' ', 'é', '🔔', '\u00a0', 'العربية', '\u200d']
const obeyed = [
  ...range(0x00, 0x08),
  ...range(0x0b, 0x1f),
  ...range(0x7f, 0x9f),
  0x061c,
  0x200e,
  0x200f,
  ...range(0x2028, 0x202e),
  ...range(0x2066, 0x2069),
].map((code) => String.fromCharCode(code))

test('what a terminal would obey is written out, and nothing else is touched', () => {
  for (const char of obeyed) assert.is(printable(`a${char}b`), `a\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}b`)
  assert.is(printable(kept.join('')), kept.join(''))
})

test('that holds for texts, data, errors of any kind, and JSON, which still means the same', () => {
  const evil = obeyed.join('')
  const ways = [
    replied({ data: evil }),
    replied({ data: { evil } }),
    replied({ data: null, text: text(evil, evil) }),
    replied({ data: { evil } }, 'en', true),
    shown('en', false, (shower) => shower.error(new Error(evil))),
    shown('en', false, (shower) => shower.error(evil)),
    shown('fr', false, (shower) => shower.error(new PalabreError('internal', text(evil, evil), { todo: text(evil, evil) }))),
    shown('fr', true, (shower) => shower.error(new PalabreError('internal', text(evil, evil)))),
  ]
  for (const { out, err } of ways) for (const char of obeyed) assert.not((out + err).includes(char), JSON.stringify(char))
  assert.equal(JSON.parse(ways[3]!.out), { evil })
})

test.run()

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i)
}
