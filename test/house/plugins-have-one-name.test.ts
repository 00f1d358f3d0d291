import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { broken } from './planted-house.ts'
import { pluginsHaveOneName } from './plugins-have-one-name.ts'
import { holds } from './real-house.ts'

const plugin = (pkg: object, manifest: object) =>
  broken(pluginsHaveOneName, { 'plugins/clock-system/package.json': pkg, 'plugins/clock-system/manifest.json': manifest })

test('plugins have one name', () => holds(pluginsHaveOneName))

test('a plugin whose folder, package and manifest agree is left alone', () => {
  assert.equal(plugin({ name: '@palabre/clock-system', version: '1.0.0' }, { id: 'clock-system', version: '1.0.0' }), [])
})

test('another name, id or version is found', () => {
  const [pkg, manifest] = ['plugins/clock-system/package.json', 'plugins/clock-system/manifest.json']
  assert.equal(plugin({ name: '@palabre/clock', version: '1.0.0' }, { id: 'clock-system', version: '1.0.0' }), [pkg])
  assert.equal(plugin({ name: 'clock-system', version: '1.0.0' }, { id: 'clock-system', version: '1.0.0' }), [pkg])
  assert.equal(plugin({ name: '@palabre/clock-system', version: '1.0.0' }, { id: 'clock', version: '1.0.0' }), [manifest])
  assert.equal(plugin({ name: '@palabre/clock-system', version: '1.0.0' }, { id: 'clock-system', version: '1.0.1' }), [manifest])
  assert.equal(plugin({ name: '@palabre/clock-system', version: '1.0.0' }, {}), [manifest, manifest])
})

test('a room that is no plugin has no manifest to agree with', () => {
  assert.equal(broken(pluginsHaveOneName, { 'host-cli/package.json': { name: '@palabre/host-cli', version: '1.0.0' } }), [])
})

test.run()
