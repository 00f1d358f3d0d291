import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { plainText, readBlocks, readSpans, safeLink, type Block, type Span } from './markdown.ts'

test('a paragraph keeps its lines; marks that do not close are text', () => {
  assert.equal(readBlocks('one\ntwo'), [{ kind: 'paragraph', spans: [{ kind: 'text', text: 'one\ntwo' }] }])
  assert.equal(readSpans('**open and 2 * 3 * 4'), [{ kind: 'text', text: '**open and 2 * 3 * 4' }])
  assert.equal(readSpans('snake_case_name'), [{ kind: 'text', text: 'snake_case_name' }])
})

test('bold, italic and code, one inside the other', () => {
  assert.equal(readSpans('a **b _c_** `**d**`'), [
    { kind: 'text', text: 'a ' },
    {
      kind: 'bold',
      spans: [
        { kind: 'text', text: 'b ' },
        { kind: 'italic', spans: [{ kind: 'text', text: 'c' }] },
      ],
    },
    { kind: 'text', text: ' ' },
    { kind: 'code', text: '**d**' },
  ])
})

test('quotes, lists and code that spans lines', () => {
  const kinds = readBlocks('> said\n> more\n\n- a\n- b\n1. c\n```\n<b>\n```\nend').map(({ kind }) => kind)
  assert.equal(kinds, ['quote', 'list', 'list', 'code', 'paragraph'])
  assert.equal(readBlocks('```\nnever closed')[0], { kind: 'code', text: 'never closed' })
})

test('a link leads where it says, and only where links may lead', () => {
  const [, link, rest] = readSpans('see https://example.org/a?b=1.')
  assert.equal(link, { kind: 'link', text: 'https://example.org/a?b=1', href: 'https://example.org/a?b=1' })
  assert.equal(rest, { kind: 'text', text: '.' })
  assert.is(readSpans('palabre:invite#abc')[0]?.kind, 'link')
  for (const bad of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'vbscript:x', 'intent:x']) {
    assert.is(safeLink(bad), undefined, bad)
    assert.equal(
      readSpans(bad).filter(({ kind }) => kind === 'link'),
      [],
      bad,
    )
  }
})

test('nothing that was written is lost, whatever it is', () => {
  const corpus = [
    '*'.repeat(3000),
    '> '.repeat(200) + 'deep',
    '`'.repeat(999),
    '_*_*_*',
    '\u202e**x**',
    '[x](javascript:1)',
    '<b>*x*</b>',
  ]
  for (const said of corpus) {
    const letters = (value: string) => value.replace(/[^\p{L}\p{N}()<]/gu, '')
    assert.is(letters(plain(readBlocks(said))), letters(said))
  }
})

test('hostile lengths cost little', () => {
  const started = performance.now()
  readBlocks('**a'.repeat(20_000))
  readBlocks('https://'.repeat(8_000))
  assert.ok(performance.now() - started < 5_000)
})

test('its words alone fit on a line', () => {
  assert.is(
    plainText('> the *whole* village\n\nI am, **here**!\n\n- one\n- `two`\n\n```\n a  b\n```'),
    'the whole village I am, here! one, two a b',
  )
  assert.is(plainText('see https://example.org/a_b_c'), 'see https://example.org/a_b_c')
})

test.run()

function plain(blocks: readonly Block[]): string {
  const words = (spans: readonly Span[]): string => spans.map((one) => ('spans' in one ? words(one.spans) : one.text)).join('')
  return blocks
    .map((block) => {
      if (block.kind === 'quote') return plain(block.blocks)
      if (block.kind === 'code') return block.text
      return block.kind === 'list' ? block.items.map(words).join('') : words(block.spans)
    })
    .join('')
}
