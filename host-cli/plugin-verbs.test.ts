import type { Settings } from '@palabre/kernel/reading'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { NodeCatalogEntry } from './node-catalog.ts'
import { pluginVerbs } from './plugin-verbs.ts'

const entry = (id: string, commands: object[], more: object = {}): NodeCatalogEntry => ({
  id,
  source: id,
  folder: id,
  load: () => Promise.reject(new Error('only the manifest is read')),
  manifest: { id, version: '1.0.0', engines: { palabre: '^0.1.0' }, title: { en: id, fr: id }, hosts: ['cli'], commands, ...more },
})
const command = (id: string, ...names: string[]) => ({
  id,
  title: { en: id, fr: id },
  args: { type: 'object', properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])) },
})
const on = (...ids: string[]): Settings => ({
  plugins: new Map(ids.map((id) => [id, { enabled: true, config: {}, said: id } as never])),
  bindings: new Map(),
})
const told = (catalog: NodeCatalogEntry[], settings: Settings) => {
  const { verbs, faults } = pluginVerbs(catalog, settings, ['run'])
  return [verbs.map(({ spec, shown }) => `${spec.id} ${shown ? 'shown' : 'hidden'}`), faults.map(({ text }) => text.en)]
}

test('each command is a verb, shown when its plugin is on', () => {
  const catalog = [entry('a', [command('x.one'), command('x.two')]), entry('b', [command('y')])]
  assert.equal(told(catalog, on('a')), [['x.one shown', 'x.two shown', 'y hidden'], []])
})

test('plugins for other hosts and manifests that do not hold bring none', () => {
  assert.equal(told([entry('a', [command('x')], { hosts: ['web'] }), entry('b', [command('y')], { version: 1 })], on('a', 'b')), [
    [],
    [],
  ])
})

test('of two commands with one name, that of the plugin that is on stands, else the first', () => {
  const two = [entry('a', [command('x')]), entry('b', [command('x')])]
  assert.equal(told(two, on('b'))[0], ['x shown'])
  assert.equal(told(two, on('a', 'b'))[0], ['x shown'])
  assert.equal(told(two, on())[0], ['x hidden'])
})

test('a command that the host has itself is told and left out', () => {
  const [verbs, faults] = told([entry('a', [command('run')])], on('a'))
  assert.equal(verbs, [])
  assert.equal(faults, ['the command "run" of a cannot be typed here: palabre itself has it'])
})

test('what cannot be typed is told in both languages, with who must act', () => {
  const [fault] = pluginVerbs([entry('a', [command('x', 'help')])], on('a'), []).faults
  assert.equal([fault!.code, fault!.plugin], ['bad-manifest', 'a'])
  assert.is(fault!.text.fr, 'la commande « x » de a ne peut être tapée ici : son argument « help » ne peut s’écrire --help')
  assert.is(fault!.todo!.fr, 'Son auteur doit la renommer dans manifest.json.')
})

test('arguments that nobody could write are told, when the plugin is on', () => {
  for (const [name, flag] of [
    ['help', '--help'],
    ['json', '--json'],
    ['a b', '--a b'],
    ['', '--'],
    ['profileDir', '--profile-dir'],
  ]) {
    const catalog = [entry('a', [command('x', name!), command('y')])]
    assert.equal(told(catalog, on('a')), [
      ['y shown'],
      [`the command "x" of a cannot be typed here: its argument "${name}" cannot be written ${flag}`],
    ])
    assert.equal(told(catalog, on()), [['y hidden'], []])
  }
  assert.is(told([entry('a', [command('x', 'peerName', 'peer-name')])], on('a'))[1]!.length, 1)
})

test.run()
