import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Keep } from './keep.ts'
import { openKeptSettings, withChange } from './kept-settings.ts'

const shipped = JSON.stringify({ plugins: { clock: { enabled: true, config: { zone: 'UTC', beats: 4 } }, drum: true } })
const known = new Set(['clock', 'drum'])

test('what the person changed lies over what was shipped', async () => {
  const settings = openKeptSettings(memory(), [shipped], known)
  assert.is(settings.read().plugins.get('drum')?.enabled, true)
  await settings.remember({ plugin: 'drum', enabled: false })
  await settings.remember({ plugin: 'clock', config: { beats: 3 } })
  const { plugins } = settings.read()
  assert.is(plugins.get('drum')?.enabled, false)
  assert.is(plugins.get('clock')?.enabled, true)
  assert.equal(plugins.get('clock')?.config, { zone: 'UTC', beats: 3 })
})

test('several layers are shipped, each over the one before', () => {
  const settings = openKeptSettings(memory(), [shipped, '{"plugins":{"drum":false}}'], known)
  assert.is(settings.read().plugins.get('drum')?.enabled, false)
})

test('what was changed of a plugin that is in the page no more waits for its return', async () => {
  const keep = memory()
  await openKeptSettings(keep, [shipped], known).remember({ plugin: 'drum', enabled: false })
  assert.equal(
    [
      ...openKeptSettings(keep, ['{}'], new Set(['clock']))
        .read()
        .plugins.keys(),
    ],
    [],
  )
  assert.is(openKeptSettings(keep, [shipped], known).read().plugins.get('drum')?.enabled, false)
})

test('settings that were tampered with are refused with the place', () => {
  const keep = memory()
  keep.set('palabre/plugins', '{"plugins":{"drum":"loud"}}')
  assert.throws(
    () => openKeptSettings(keep, [shipped], known).read(),
    (error: Error) => error.message.includes('localStorage') && error.message.includes('/plugins/drum'),
  )
})

test('a full browser is told as such, and nothing is remembered half', async () => {
  const keep: Keep = { ...memory(), set: () => assert.unreachable('no room') }
  const error = await openKeptSettings(keep, [shipped], known)
    .remember({ plugin: 'drum', enabled: false })
    .catch((thrown: unknown) => thrown)
  assert.is((error as { code?: string }).code, 'storage-failed')
})

test('a change keeps what was there, in whatever form it stood', () => {
  assert.equal(withChange({}, { plugin: 'drum', enabled: false }), { plugins: { drum: { enabled: false } } })
  assert.equal(withChange({ plugins: { drum: true, clock: false } }, { plugin: 'drum', config: { loud: 1 } }), {
    plugins: { drum: { enabled: true, config: { loud: 1 } }, clock: false },
  })
  assert.equal(withChange({ plugins: { drum: { config: { loud: 1, fast: 2 } } } }, { plugin: 'drum', config: { loud: 3 } }), {
    plugins: { drum: { config: { loud: 3, fast: 2 } } },
  })
})

test.run()

function memory(): Keep {
  const kept = new Map<string, string>()
  return { get: (key) => kept.get(key), set: (key, value) => void kept.set(key, value), lasts: true }
}
