import { definePlugin, optional, PalabreError, text, token } from '@palabre/sdk'
import { Commands } from '@palabre/sdk/contract/command'
import { Plugins } from '@palabre/sdk/contract/plugins'
import { fakeClock, openTestKernel, settingsOf, startTestHost, testPlugin, type TestPlugin } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { CatalogEntry } from './catalog.ts'
import { createKernel, readSettings, type Kernel } from './index.ts'

const A = token<string>('a')

test('a plugin with a broken manifest is kept out with the reason, and the others run', async () => {
  const broken: [unknown, said: string][] = [
    [{ id: 'broken' }, 'plugins/broken: / "version" is missing'],
    [null, 'plugins/broken: / must be object, and is null'],
    [{ ...testPlugin('other', idle).manifest }, 'the manifest names itself "other" and not "broken"'],
    [new Error('no such file'), 'plugins/broken: the manifest could not be read: no such file'],
    [new PalabreError('bad-manifest', text('its own words', 'ses propres mots')), 'its own words'],
    [{ ...testPlugin('broken', idle).manifest, engines: { palabre: '^9.0.0' } }, 'broken is made for Palabre ^9.0.0'],
    [
      { ...testPlugin('broken', idle).manifest, provides: ['plugins@1'] },
      'broken provides plugins@1, which Palabre itself provides',
    ],
  ]
  for (const [manifest, said] of broken) {
    let loaded = false
    const entry: CatalogEntry = { id: 'broken', source: 'plugins/broken', manifest, load: async () => (loaded = true) }
    const settings = readSettings([{ source: 'plugins.json', json: '{"plugins":{"broken":{"config":{}},"good":true}}' }])
    const kernel = createKernel({ host: 'cli', timers: fakeClock(), catalog: [entry, entryOf(testPlugin('good', idle))], settings })
    await kernel.start()
    const { state, reason } = kernel.plugins.why('broken').plugin
    assert.ok(state === 'quarantined' || state === 'blocked')
    assert.match(reason!.en, said)
    assert.is(kernel.plugins.why('good').plugin.state, 'running')
    const error = await kernel.plugins.enable('broken').catch((thrown: Error) => thrown)
    assert.match((error as Error).message, said)
    assert.not.ok(loaded)
    await kernel.stop()
  }
})

test('of two plugins with one name the first is used, and both are told', async () => {
  const twice = [entryOf(testPlugin('twin', idle), 'here/twin'), entryOf(testPlugin('twin', idle), 'there/twin')]
  const kernel = createKernel({
    host: 'cli',
    timers: fakeClock(),
    catalog: twice,
    settings: readSettings([{ source: 'plugins.json', json: '{"plugins":{"twin":true}}' }]),
  })
  await kernel.start()
  const { state, problems } = kernel.plugins.why('twin').plugin
  assert.is(state, 'running')
  assert.is(problems[0]!.text.en, 'catalog: two plugins are named "twin": here/twin is used, there/twin is not')
  await kernel.stop()
})

test('settings that do not hold start nothing', async () => {
  let started = false
  const plugin = testPlugin('a', definePlugin({ start: () => void (started = true) }))
  const error = await openTestKernel({ plugins: [plugin], clock: fakeClock(), config: { a: { x: 1 } } }).catch((e: Error) => e)
  assert.not.ok(error instanceof Error, 'a schema that takes anything takes that')
  const strict = { ...plugin, manifest: { ...plugin.manifest, config: { type: 'object', additionalProperties: false } } }
  const refused = await openTestKernel({ plugins: [strict], clock: fakeClock(), config: { a: { x: 1 } } }).catch((e: Error) => e)
  assert.match((refused as Error).message, 'test: /plugins/a/config/x is not a known key')
  assert.not.ok(started)
})

test('a plugin runs only in the hosts it is made for and, among them, where the file wants it', async () => {
  const everywhere = testPlugin('everywhere', idle)
  const page = testPlugin('page', idle, { hosts: ['web'] })
  for (const [host, expected] of [
    ['cli', { everywhere: 'disabled', page: 'disabled' }],
    ['web', { everywhere: 'running', page: 'running' }],
  ] as const) {
    const json = '{"plugins":{"everywhere":{"hosts":["web"]},"page":true}}'
    const settings = readSettings([{ source: 'plugins.json', json }])
    const kernel = createKernel({ host, timers: fakeClock(), catalog: [everywhere, page].map((one) => entryOf(one)), settings })
    await kernel.start()
    assert.equal(states(kernel), expected)
    await kernel.stop()
  }
})

test('an error that reached the host counts as a crash of its plugin, and of nobody when nobody is known', async () => {
  const clock = fakeClock()
  const kernel = await openTestKernel({ plugins: [testPlugin('a', idle), testPlugin('b', idle)], clock })
  await kernel.start()
  kernel.blame(new Error('stray'), 'a')
  kernel.blame(new Error('whose?'))
  kernel.blame(new Error('whose?'), 'nobody')
  await clock.advance(0)
  assert.equal(states(kernel), { a: 'failed', b: 'running' })
  assert.is(kernel.plugins.why('a').plugin.problems.at(-1)!.text.en, 'stray error: stray')
  kernel.note('b', new Error('left a timer'))
  assert.is(kernel.plugins.why('b').plugin.problems.at(-1)!.text.en, 'host: left a timer')
  assert.is(states(kernel)['b'], 'running')
  await kernel.stop()
})

test('each change of state is logged, what went wrong as a warning with its reason', async () => {
  const fails = testPlugin('fails', definePlugin({ start: () => Promise.reject(new Error('no device')) }))
  await using host = await startTestHost({ plugins: [testPlugin('fine', idle), fails] })
  await host.plugins.disable('fine')
  const lines = host.log.filter(({ plugin }) => plugin === 'kernel').map(({ level, message }) => `${level}: ${message}`)
  for (const line of [
    'debug: fine is running',
    'debug: fine is disabled: fine is switched off',
    'warn: fails is failed: fails did not start: no device',
  ])
    assert.ok(lines.includes(line), line)
})

test('a plugin keeps its last twenty problems', async () => {
  const kernel = await openTestKernel({ plugins: [testPlugin('a', idle)], clock: fakeClock() })
  for (let i = 0; i < 50; i++) kernel.note('a', new Error(`no ${i}`))
  const { problems } = kernel.plugins.why('a').plugin
  assert.equal([problems.length, problems[0]!.text.en, problems.at(-1)!.text.en], [20, 'host: no 30', 'host: no 49'])
  await kernel.stop()
})

test('nobody can step between a plugin and what the kernel itself provides', async () => {
  const seen: unknown[] = []
  const usurper = testPlugin(
    'usurper',
    definePlugin({ provides: { commands: Commands }, start: () => ({ commands: {} as Commands }) }),
  )
  const watching = testPlugin(
    'watching',
    definePlugin({
      needs: { commands: optional(Commands), plugins: Plugins },
      start({ commands }) {
        commands.watch((value) => void seen.push(value))
      },
    }),
  )
  const kernel = await openTestKernel({ plugins: [usurper, watching], clock: fakeClock() })
  await kernel.start()
  assert.equal(states(kernel), { usurper: 'blocked', watching: 'running' })
  assert.equal([seen.length, seen[0] === kernel.commands], [1, true])
  await kernel.stop()
})

test('a thousand plugins come up and go down, and one with all the others on it takes them along', async () => {
  const users = Array.from({ length: 999 }, (_, i) => testPlugin(`p${i}`, definePlugin({ needs: { a: A }, start() {} })))
  const hub = testPlugin('hub', definePlugin({ provides: { a: A }, start: () => ({ a: 'hub' }) }))
  const plugins: TestPlugin[] = [...users, hub]
  const kernel = await openTestKernel({ plugins, clock: fakeClock() })
  await kernel.start()
  assert.equal(count(kernel), { running: 1000 })
  await kernel.plugins.disable('hub')
  assert.equal(count(kernel), { disabled: 1, blocked: 999 })
  await kernel.apply(await settingsOf(plugins, {}))
  assert.equal(count(kernel), { running: 1000 })
  await kernel.stop()
  assert.equal(count(kernel), { stopped: 1000 })
})

test.run()

const idle = definePlugin({ start() {} })

function entryOf({ manifest, load }: TestPlugin, source = manifest.id): CatalogEntry {
  return { id: manifest.id, source, manifest, load }
}

function states(kernel: Kernel): Record<string, string> {
  return Object.fromEntries(kernel.plugins.list().map(({ id, state }) => [id, state]))
}

function count(kernel: Kernel): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const state of Object.values(states(kernel))) counts[state] = (counts[state] ?? 0) + 1
  return counts
}
