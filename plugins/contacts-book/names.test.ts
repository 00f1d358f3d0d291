import { utf8 } from '@palabre/sdk'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanName, foldName } from './names.ts'

test('nothing stays that is not drawn, breaks the line or turns it round', () => {
  assert.is(cleanName('  Ada\u0000 \n\t Lovelace '), 'Ada Lovelace')
  assert.is(cleanName('A\u200bd\u200da\ufeff'), 'Ada')
  assert.is(cleanName('\u202eadA\u202c'), 'adA')
  assert.is(cleanName('\u2028\u2029\u00ad\ue000'), '')
  assert.is(cleanName('\ud800Ada'), 'Ada')
})

test('a letter and its accent become one, so that equal names are equal', () => {
  assert.is(cleanName('Zoe\u0308'), 'Zo\u00eb')
})

test('a name ends after 64 signs, whole ones, and fits the one byte that an invite has for its length', () => {
  assert.is(cleanName('x'.repeat(100)), 'x'.repeat(64))
  assert.is(cleanName(`${'x'.repeat(63)} y`), 'x'.repeat(63))
  const longest = cleanName('🦜'.repeat(64))
  assert.ok(utf8.encode(longest).length <= 255)
  assert.is(longest, '🦜'.repeat(63))
})

test('names that people take for the same fold to the same', () => {
  for (const name of ['Zoé', 'zoe', 'Z O É', 'ＺＯＥ', 'zoe\u0301']) assert.is(foldName(name), 'zoe')
  assert.is.not(foldName('Zoa'), 'zoe')
})

test.run()
