import type { PluginInfo, PluginState } from '@palabre/sdk/contract/plugins'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { choosePlugins, countByGroup } from './chosen-plugins.ts'
import { pluginInfo } from './plugin-info-for-tests.ts'

const all = [
  info('transport-tcp', 'Straight lines', 'Lignes droites', 'running'),
  info('store-memory', 'A store that forgets', 'Une mémoire brève', 'disabled'),
  info('clock-system', 'The clock', 'L’horloge', 'blocked'),
  info('example-slow', 'Slow', 'Lent', 'starting'),
]

const idsOf = (plugins: readonly PluginInfo[]) => plugins.map(({ id }) => id)

test('plugins stand in the order of their titles, in the language spoken', () => {
  assert.equal(idsOf(choosePlugins(all, 'all', '', 'en')), ['store-memory', 'example-slow', 'transport-tcp', 'clock-system'])
  assert.equal(idsOf(choosePlugins(all, 'all', '', 'fr')), ['clock-system', 'example-slow', 'transport-tcp', 'store-memory'])
})

test('a group shows its own, and the counts say how many', () => {
  assert.equal(idsOf(choosePlugins(all, 'trouble', '', 'en')), ['clock-system'])
  assert.equal(idsOf(choosePlugins(all, 'off', '', 'en')), ['store-memory'])
  assert.equal(countByGroup(all), { all: 4, on: 1, off: 1, trouble: 1 })
})

test('every word sought must be found, in title, id, state or what it sees, without regard to accents', () => {
  assert.equal(idsOf(choosePlugins(all, 'all', 'MEMOIRE breve', 'fr')), ['store-memory'])
  assert.equal(idsOf(choosePlugins(all, 'all', ' tcp  running ', 'en')), ['transport-tcp'])
  assert.equal(idsOf(choosePlugins(all, 'all', 'network address', 'en')), ['transport-tcp'])
  assert.equal(idsOf(choosePlugins(all, 'all', 'tcp nothing', 'en')), [])
})

test.run()

function info(id: string, en: string, fr: string, state: PluginState): PluginInfo {
  return pluginInfo({ id, title: { en, fr }, state, sees: id === 'transport-tcp' ? ['ip', 'timing'] : [] })
}
