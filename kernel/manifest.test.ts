import { isPalabreError, sdkVersion, type PalabreError } from '@palabre/sdk'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { readManifest } from './manifest.ts'

const smallest = { id: 'a', version: '1.0.0', engines: { palabre: `^${sdkVersion}` }, title: { en: 'a', fr: 'a' }, hosts: ['cli'] }

test('the smallest manifest is filled in', () => {
  const { needs, optional, provides, hooks, commands, permissions, config, sees } = readManifest(smallest, 'a')
  assert.equal([needs, optional, provides, commands, sees], [[], [], [], [], []])
  assert.equal(hooks, { taps: [], calls: [] })
  assert.equal([permissions, config], [{}, { type: 'object', additionalProperties: false }])
})

test('every fault is told with the file and the path', () => {
  const faults: [change: object, said: string][] = [
    [{ id: 'Not-Kebab' }, '/id does not have the expected form'],
    [{ version: '1' }, '/version does not have the expected form'],
    [{ engines: {} }, '/engines "palabre" is missing'],
    [{ title: { en: 'only' } }, '/title "fr" is missing'],
    [{ title: { en: 'x', fr: '' } }, '/title/fr must not be empty'],
    [{ hosts: [] }, '/hosts must have at least 1 item'],
    [{ hosts: ['phone'] }, '/hosts/0 must be "cli" or "desktop" or "web"'],
    [{ needs: ['clock'] }, '/needs/0 does not have the expected form'],
    [{ neds: [] }, '/neds is not a known key; did you mean "needs"?'],
    [{ hooks: { tap: [] } }, '/hooks/tap is not a known key; did you mean "taps"?'],
    [{ commands: [{ id: 'a' }] }, '/commands/0 "title" is missing'],
    [{ commands: [{ id: 'A b', title: smallest.title }] }, '/commands/0/id does not have the expected form'],
    [{ permissions: { net: { en: 'x' } } }, '/permissions/net "fr" is missing'],
    [{ sees: ['thoughts'] }, '/sees/0 must be "ip"'],
    [{ config: { type: 'strin' } }, '/config/type must be "null"'],
    [{ config: { properties: { a: { pattern: '(' } } } }, '/config/properties/a/pattern is not a regular expression'],
    [{ config: { patternProperties: { '[': {} } } }, '/config/patternProperties is not a regular expression'],
    [{ config: { properties: { a: { $ref: '#/$defs/none' } } } }, '/config/properties/a/$ref leads nowhere: #/$defs/none'],
    [
      { config: { properties: { a: { $ref: 'https://example.org/x' } } } },
      '/config/properties/a/$ref does not have the expected form',
    ],
    [{ config: { properties: [] } }, '/config/properties must be object'],
    [{ commands: [{ id: 'a', title: smallest.title, args: { required: 'x' } }] }, '/commands/0/args/required must be array'],
    [
      { commands: [{ id: 'a', title: smallest.title, args: { items: { pattern: '*' } } }] },
      '/commands/0/args/items/pattern is not',
    ],
    [JSON.parse('{"permissions":{"__proto__":{"en":"x","fr":"x"}}}') as object, '/permissions/__proto__ is a forbidden key'],
  ]
  for (const [change, said] of faults) {
    const error = refused({ ...smallest, ...change })
    assert.is(error.code, 'bad-manifest')
    assert.match(error.text.en, `plugins/a/manifest.json: ${said}`)
    assert.match(error.text.fr, 'plugins/a/manifest.json :')
  }
  for (const value of [null, [], 'x', 1, undefined]) assert.is(refused(value).code, 'bad-manifest')
})

test('patterns that compile and references that lead somewhere are taken', () => {
  const config = {
    properties: { a: { pattern: '^x+$' }, b: { $ref: '#/$defs/b' }, c: { $ref: '#' } },
    patternProperties: { '^p': true },
    $defs: { b: { type: 'string' } },
  }
  assert.equal(readManifest({ ...smallest, config }, 'a').config, config)
})

test('what looks like a schema inside data is no schema', () => {
  const config = {
    properties: { a: { default: { pattern: '(', $ref: '#/none' }, enum: [{ pattern: '(' }], 'x-note': { pattern: '(' } } },
  }
  assert.equal(readManifest({ ...smallest, config }, 'a').config, config)
})

test('the version of the sdk decides: same minor before 1.0, and never an older one', () => {
  const [major, minor, patch] = sdkVersion.split('.').map(Number) as [number, number, number]
  assert.ok(readManifest({ ...smallest, engines: { palabre: `^${major}.${minor}.0` } }, 'a'))
  for (const range of [`^${major}.${minor}.${patch + 1}`, `^${major}.${minor + 1}.0`, `^${major + 1}.0.0`]) {
    const error = refused({ ...smallest, engines: { palabre: range } })
    assert.is(error.code, 'wrong-version')
    assert.match(error.text.en, `a is made for Palabre ${range}, and this is ${sdkVersion}`)
    assert.match(error.todo!.fr, 'Installez une version de a')
  }
})

test('a manifest is a copy that nobody can change', () => {
  const given = structuredClone({ ...smallest, config: { type: 'object', properties: { a: { type: 'string' } } } })
  const manifest = readManifest(given, 'a')
  given.config.properties.a.type = 'number'
  given.hosts.push('web')
  assert.equal([manifest.config['properties'], manifest.hosts], [{ a: { type: 'string' } }, ['cli']])
  assert.throws(() => (manifest.needs as string[]).push('secret@1'))
  assert.throws(() => Object.assign((manifest.config['properties'] as { a: object }).a, { type: 'null' }))
})

test.run()

function refused(value: unknown): PalabreError {
  try {
    readManifest(value, 'plugins/a/manifest.json')
  } catch (error) {
    assert.ok(isPalabreError(error), String(error))
    return error as PalabreError
  }
  throw new Error(`${JSON.stringify(value)} was taken`)
}
