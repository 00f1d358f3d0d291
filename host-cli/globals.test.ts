import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { isPalabreError } from '@palabre/sdk'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { howToComplain, readGlobals, withoutGlobals } from './globals.ts'

const sentence = (argv: string[]) => {
  try {
    readGlobals(argv, {})
  } catch (error) {
    if (isPalabreError(error)) return [error.code, error.text.en, error.text.fr]
  }
  return undefined
}

test('without a word, everything has a sensible value', () => {
  assert.equal(readGlobals([], { XDG_DATA_HOME: '/data' }), {
    profileDir: process.platform === 'linux' ? '/data/palabre' : readGlobals([], {}).profileDir,
    plugins: undefined,
    profile: undefined,
    language: 'en',
    json: false,
    attach: 'as-needed',
    verbose: false,
    plain: false,
    rest: [],
  })
})

test('they stand anywhere on the line, with a space or with =, and leave the rest as it was', () => {
  const line = ['plugins', '--lang', 'fr', 'why', '--profile=relay', 'x', '--json', '--plugins', 'p.json', '--profile-dir=d']
  assert.equal(readGlobals(line, {}), {
    profileDir: resolve('d'),
    plugins: resolve('p.json'),
    profile: 'relay',
    language: 'fr',
    json: true,
    attach: 'as-needed',
    verbose: false,
    plain: false,
    rest: ['plugins', 'why', 'x'],
  })
})

test('after -- every word is the verb’s', () => {
  assert.equal(readGlobals(['ring', '--', '--json', '--lang', 'fr'], {}).rest, ['ring', '--', '--json', '--lang', 'fr'])
  assert.is(readGlobals(['ring', '--', '--json'], {}).json, false)
})

test('an option without its value is told, at the end, before another option and with nothing behind =', () => {
  for (const argv of [['--profile'], ['--profile', '--json'], ['--profile='], ['--profile', '']]) {
    assert.equal(sentence(argv), ['bad-argument', '--profile wants a value', '--profile demande une valeur'])
  }
})

test('a language that is neither is told; the last of several counts', () => {
  assert.equal(sentence(['--lang', 'de']), [
    'bad-argument',
    '--lang is "en" or "fr", not "de"',
    '--lang vaut « en » ou « fr », pas « de »',
  ])
  assert.is(readGlobals(['--lang', 'fr', '--lang', 'en'], {}).language, 'en')
})

test('the system’s language is taken in its own order of precedence', () => {
  const language = (env: NodeJS.ProcessEnv) => readGlobals([], env).language
  assert.is(language({ LANG: 'fr_CM.UTF-8' }), 'fr')
  assert.is(language({ LANG: 'fr_FR.UTF-8', LC_ALL: 'C' }), 'en')
  assert.is(language({ LANG: 'en_GB', LC_MESSAGES: 'fr_FR' }), 'fr')
  assert.is(language({ LANG: 'fr', LC_ALL: '' }), 'fr')
  assert.is(readGlobals(['--lang', 'en'], { LANG: 'fr' }).language, 'en')
})

test('the profile folder is named by the line, then by the environment, then by custom', () => {
  const dir = (argv: string[], env: NodeJS.ProcessEnv) => readGlobals(argv, env).profileDir
  assert.is(dir(['--profile-dir', 'here'], { PALABRE_PROFILE_DIR: 'there' }), resolve('here'))
  assert.is(dir([], { PALABRE_PROFILE_DIR: 'there', XDG_DATA_HOME: 'elsewhere' }), resolve('there'))
  if (process.platform === 'linux') assert.is(dir([], { PALABRE_PROFILE_DIR: '' }), join(homedir(), '.local', 'share', 'palabre'))
})

test('how to complain is known even when the line cannot be read', () => {
  assert.equal(howToComplain(['--lang', 'fr', '--profile', '--json'], {}), { language: 'fr', json: true })
  assert.equal(howToComplain(['--lang', 'de'], { LANG: 'fr_FR' }), { language: 'fr', json: false })
})

test('words without the global options and their values', () => {
  assert.equal(withoutGlobals(['--lang', 'fr', 'plugins', '--json', 'why', '--profile']), ['plugins', 'why'])
})

test.run()
