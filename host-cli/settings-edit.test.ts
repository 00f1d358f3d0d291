import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { edited } from './settings-edit.ts'

const parsed = (json: string, ...change: [Parameters<typeof edited>[1], string?]) => JSON.parse(edited(json, ...change)) as unknown

test('a plugin that stands as true or false stays so short when it is switched', () => {
  assert.is(edited('{ "plugins": { "a": true } }', { plugin: 'a', enabled: false }), '{ "plugins": { "a": false } }')
})

test('an entry with fields is switched inside, and keeps the rest', () => {
  const json = '{ "plugins": { "a": { "from": "../a", "config": { "x": 1 } } } }'
  assert.equal(parsed(json, { plugin: 'a', enabled: false }), {
    plugins: { a: { from: '../a', config: { x: 1 }, enabled: false } },
  })
})

test('settings turn a short entry into one with fields, still on or off as it was', () => {
  const json = '{ "plugins": { "on": true, "off": false } }'
  const { plugins } = JSON.parse(edited(edited(json, { plugin: 'on', config: { x: 1 } }), { plugin: 'off', config: { x: 2 } }))
  assert.equal(plugins, { on: { enabled: true, config: { x: 1 } }, off: { enabled: false, config: { x: 2 } } })
})

test('settings of a plugin that the file does not name say nothing of on and off', () => {
  assert.equal(parsed('{}', { plugin: 'a', config: { x: 1 } }), { plugins: { a: { config: { x: 1 } } } })
})

test('only the changed keys of the settings are touched, however deep their values', () => {
  const json = '{ "plugins": { "a": { "config": { "x": 1, "y": { "z": [1, { "w": 2 }] } } } } }'
  const after = edited(json, { plugin: 'a', config: { y: { z: [] }, n: null } })
  assert.is(after, '{ "plugins": { "a": { "config": { "x": 1, "y": { "z": [] }, "n": null } } } }')
})

test('where the running profile speaks of the plugin, its word is changed, else the file’s own', () => {
  const json = '{ "plugins": { "a": true, "b": true }, "profiles": { "p": { "plugins": { "a": true } } } }'
  assert.is(
    edited(json, { plugin: 'a', enabled: false }, 'p'),
    json.replace('{ "plugins": { "a": true } }', '{ "plugins": { "a": false } }'),
  )
  assert.is(edited(json, { plugin: 'b', enabled: false }, 'p'), json.replace('"b": true', '"b": false'))
  assert.is(edited(json, { plugin: 'a', enabled: false }, 'q'), json.replace('"a": true', '"a": false'))
  assert.is(edited(json, { plugin: 'a', enabled: false }), json.replace('"a": true', '"a": false'))
})

test('a byte order mark stays where it is', () => {
  assert.is(edited('\ufeff{"plugins":{"a":true}}', { plugin: 'a', enabled: false }), '\ufeff{"plugins":{"a":false}}')
})

test.run()
