import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { hasWords, plainText } from './sought-words.ts'

test('accents and capitals make no difference', () => {
  assert.is(plainText('  Où est ÉLOÏSE '), 'ou est eloise')
  assert.ok(hasWords('Paramètres du réseau', 'RESEAU parametres'))
})

test('every word counts, and parts of words do', () => {
  assert.ok(hasWords('The name others see', 'oth name'))
  assert.not(hasWords('The name others see', 'name nobody'))
})

test('who seeks nothing finds all', () => {
  for (const nothing of ['', '  ']) assert.ok(hasWords('anything', nothing))
})

test.run()
