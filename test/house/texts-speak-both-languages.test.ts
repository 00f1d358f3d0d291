import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { broken } from './planted-house.ts'
import { holds } from './real-house.ts'
import { textsSpeakBothLanguages } from './texts-speak-both-languages.ts'

const title = { en: 'Clock', fr: 'Horloge' }
const manifest = (content: object) => broken(textsSpeakBothLanguages, { 'plugins/a/manifest.json': content })
const code = (text: string, path = 'plugins/a/a.ts') => broken(textsSpeakBothLanguages, { [path]: text })

test('texts speak both languages', () => holds(textsSpeakBothLanguages))

test('a manifest with a title in two languages is left alone', () => {
  assert.equal(manifest({ title, permissions: { clock: { why: title } }, id: 'en', hosts: ['fr'] }), [])
})

test('a missing, plain or half title is found', () => {
  const path = 'plugins/a/manifest.json'
  assert.equal(manifest({}), [path])
  assert.equal(manifest({ title: 'Clock' }), [path])
  assert.equal(manifest({ title: { en: 'Clock' } }), [path, `${path}:3`])
  assert.equal(manifest({ title: { en: 'Clock', fr: ' ' } }), [path, `${path}:3`])
})

test('a half text is found at any depth', () => {
  const path = 'plugins/a/manifest.json'
  assert.equal(manifest({ title, permissions: [{ why: { en: 'To tell time' } }] }), [`${path}:9`])
  assert.equal(manifest({ title, config: { properties: { zone: { title: { en: '', fr: 'Fuseau' } } } } }), [`${path}:10`])
})

test('an empty language in code is found, a full text and another object are not', () => {
  assert.equal(code(`const x = 1\nconst t = { en: 'Clock', fr: '' }`), ['plugins/a/a.ts:2'])
  assert.equal(code('const t = { en: ` `, fr: `Horloge` }\nconst u = { "en": "", "fr": "Horloge" }'), [
    'plugins/a/a.ts:1',
    'plugins/a/a.ts:2',
  ])
  assert.equal(code(`const t = { en: 'Clock', fr: 'Horloge' }\nconst u = { en: '' }\nconst v = { en: '', to: 1 }`), [])
})

test.run()
