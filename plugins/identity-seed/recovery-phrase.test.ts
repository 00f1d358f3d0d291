import { isPalabreError } from '@palabre/sdk'
import { readFileSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { phraseOf, seedOf } from './recovery-phrase.ts'

const seed = Uint8Array.from({ length: 32 }, (_, i) => i * 7)
const words = phraseOf(seed).split(' ')

const refusal = (phrase: string) => {
  try {
    return seedOf(phrase)
  } catch (error) {
    assert.ok(isPalabreError(error) && error.code === 'bad-argument')
    return error.text
  }
}

test('24 words and back', () => {
  assert.is(words.length, 24)
  assert.equal(seedOf(words.join(' ')), seed)
})

test('numbered, in lines, in capitals: as people write them', () => {
  assert.equal(seedOf(words.map((word, i) => `${i + 1}. ${word.toUpperCase()}`).join('\n')), seed)
})

test('a refusal says which word or how many, in both languages, and repeats none of them', () => {
  const strange = refusal(words.with(6, 'palaver').join(' ')) as { en: string; fr: string }
  assert.match(strange.en, /word 7 /)
  assert.match(strange.fr, /mot 7 /)
  assert.not.match(strange.en, 'palaver')
  assert.match((refusal(words.slice(1).join(' ')) as { en: string }).en, /these are 23/)
  assert.match((refusal('') as { en: string }).en, /these are 0/)
  assert.match((refusal(Array.from({ length: 24 }, () => 'abandon').join(' ')) as { en: string }).en, /do not belong together/)
})

test('every published phrase of 24 words (BIP 39)', () => {
  const file = new URL('../../test/vectors/bip39/vectors.json', import.meta.url)
  const { english } = JSON.parse(readFileSync(file, 'utf8')) as { english: [entropy: string, phrase: string, ...unknown[]][] }
  const long = english.filter(([entropy]) => entropy.length === 64)
  assert.is(long.length, 8)
  for (const [entropy, phrase] of long) {
    assert.is(phraseOf(new Uint8Array(Buffer.from(entropy, 'hex'))), phrase)
    assert.is(Buffer.from(seedOf(phrase)).toString('hex'), entropy)
  }
})

test.run()
