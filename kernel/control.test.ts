import { definePlugin, isPalabreError, optional, slot, token, type JsonSchema, type PalabreError, type Scope } from '@palabre/sdk'
import { Plugins } from '@palabre/sdk/contract/plugins'
import {
  fakeClock,
  openTestKernel,
  settingsOf,
  settled,
  testPlugin,
  type TestKernelOptions,
  type TestPlugin,
} from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { readSettings, type Kernel, type SettingsChange } from './index.ts'

const A = token<string>('a')
const B = token<string>('b')
const Words = slot<string>('words')
const level: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: { level: { type: 'integer', default: 0, maximum: 9 }, other: { type: 'object' } },
}

test('what is done by command is remembered before it happens, and does not happen when that fails', async () => {
  const remembered: SettingsChange[] = []
  let isFull = false
  const remember = async (change: SettingsChange) => {
    if (isFull) throw new Error('disk full')
    remembered.push(change)
  }
  const kernel = await started([configurable('a')], { remember })
  await kernel.plugins.disable('a')
  await kernel.plugins.enable('a')
  await kernel.plugins.configure('a', { level: 1 })
  assert.equal(remembered, [
    { plugin: 'a', enabled: false },
    { plugin: 'a', enabled: true },
    { plugin: 'a', config: { level: 1 } },
  ])
  isFull = true
  for (const work of [() => kernel.plugins.disable('a'), () => kernel.plugins.configure('a', { level: 2 })]) {
    assert.is((await failure(work())).message, 'disk full')
    const { state, config } = info(kernel, 'a')
    assert.equal({ state, config }, { state: 'running', config: { level: 1 } })
  }
  await kernel.stop()
})

test('an unknown plugin is told with the nearest, whatever is asked of it', async () => {
  const kernel = await started([configurable('clock-system')])
  for (const ask of [
    () => kernel.plugins.enable('clock-sytem'),
    () => kernel.plugins.disable('clock-sytem'),
    () => kernel.plugins.configure('clock-sytem', {}),
    async () => kernel.plugins.why('clock-sytem'),
  ]) {
    const error = await failure(ask())
    assert.equal([error.code, error.todo?.en], ['unknown-plugin', 'Did you mean "clock-system"?'])
  }
  await kernel.stop()
})

test('a plugin for another host is refused by name', async () => {
  const kernel = await started([testPlugin('page', definePlugin({ start() {} }), { hosts: ['web'] })])
  assert.is(info(kernel, 'page').state, 'disabled')
  const error = await failure(kernel.plugins.enable('page'))
  assert.equal([error.code, error.text.en], ['wrong-host', 'page does not run in the host "cli" (made for: web)'])
  await kernel.stop()
})

test('what would make an ambiguity or a cycle is refused, and nothing has changed', async () => {
  const remembered: unknown[] = []
  const remember = async (change: SettingsChange) => void remembered.push(change)
  const round = testPlugin('round', definePlugin({ needs: { b: B }, provides: { a: A }, start: () => ({ a: 'x' }) }))
  const kernel = await started([gives('one', A), gives('two', A), user('user', A, B), round], { off: ['two', 'round'], remember })
  const before = states(kernel)
  const changes = heard(kernel)

  const ambiguity = await failure(kernel.plugins.enable('two'))
  assert.is(ambiguity.code, 'ambiguous-provider')
  assert.match(ambiguity.text.en, 'one and two both provide a@1')
  await kernel.plugins.disable('one')
  const cycle = await failure(kernel.plugins.enable('round'))
  assert.is(cycle.code, 'cycle')
  assert.match(cycle.text.en, 'user → (a@1) → round → (b@1) → user')
  await kernel.plugins.enable('one')

  assert.equal(states(kernel), before)
  assert.equal(remembered, [
    { plugin: 'one', enabled: false },
    { plugin: 'one', enabled: true },
  ])
  assert.not.ok(changes.some((id) => id === 'two' || id === 'round'))
  await kernel.stop()
})

test('of two that exclude each other, switched on at the same moment, one is refused', async () => {
  const kernel = await started([gives('one', A), gives('two', A)], { off: ['one', 'two'], remember: () => settled() })
  const results = await Promise.allSettled([kernel.plugins.enable('one'), kernel.plugins.enable('two')])
  assert.equal(
    results.map(({ status }) => status),
    ['fulfilled', 'rejected'],
  )
  assert.equal(states(kernel), { one: 'running', two: 'disabled' })
  await kernel.stop()
})

test('two changes of settings at the same moment both hold', async () => {
  const kernel = await started([configurable('a')], { remember: () => settled() })
  await Promise.all([kernel.plugins.configure('a', { level: 3 }), kernel.plugins.configure('a', { other: { x: 1 } })])
  assert.equal(info(kernel, 'a').config, { level: 3, other: { x: 1 } })
  await kernel.stop()
})

test('settings reach a running plugin live when it asks for them', async () => {
  const seen: unknown[] = []
  let scope!: Scope
  const live = configurable('live', (lent) => {
    scope = lent
    seen.push(lent.config)
    lent.onConfig((config) => void seen.push(config))
  })
  const kernel = await started([live], { config: { live: { level: 1 } } })
  const changes = heard(kernel)
  await kernel.plugins.configure('live', { level: 2 })
  assert.equal(seen, [{ level: 1 }, { level: 2 }])
  assert.equal(scope.config, { level: 2 })
  assert.equal(changes, [])
  await kernel.stop()
})

test('a plugin that does not ask, that throws or that takes too long is restarted with them', async () => {
  const takes: ((scope: Scope) => void)[] = [
    () => {},
    (scope) =>
      void scope.onConfig(() => {
        throw new Error('cannot')
      }),
    (scope) => void scope.onConfig(() => new Promise(() => {})),
  ]
  for (const take of takes) {
    const clock = fakeClock()
    const seen: unknown[] = []
    const plugin = configurable('a', (scope) => {
      seen.push(scope.config)
      take(scope)
    })
    const kernel = await started([plugin], { clock })
    const configuring = kernel.plugins.configure('a', { level: 2 })
    await clock.advance(5_000)
    assert.is((await configuring).state, 'running')
    assert.equal(seen, [{ level: 0 }, { level: 2 }])
    await kernel.stop()
    assert.is(clock.waiting, 0)
  }
})

test('settings that do not hold are refused with their path, and nothing has changed', async () => {
  const kernel = await started([configurable('a')])
  const cyclic: Record<string, unknown> = {}
  cyclic['other'] = cyclic
  const parts: [object, string][] = [
    [{ level: 10 }, 'a: level must be at most 9'],
    [{ levle: 1 }, 'a: levle is not a known key; did you mean "level"?'],
    [cyclic, 'not plain JSON'],
    [{ other: JSON.parse(`${'{"x":'.repeat(70)}1${'}'.repeat(70)}`) as object }, 'is nested deeper than 64'],
    [{ other: JSON.parse('{"__proto__":{"x":1}}') as object }, '/other/__proto__ is a forbidden key'],
  ]
  for (const [part, said] of parts) {
    const error = await failure(kernel.plugins.configure('a', part))
    assert.is(error.code, 'bad-settings')
    assert.match(error.text.en, said)
  }
  assert.equal(info(kernel, 'a').config, { level: 0 })
  assert.is(info(kernel, 'a').state, 'running')
  await kernel.stop()
})

test('what was handed over as settings can be changed afterwards without changing the settings', async () => {
  const kernel = await started([configurable('a')])
  const part = { other: { x: 1 } }
  await kernel.plugins.configure('a', part)
  part.other.x = 2
  assert.equal(info(kernel, 'a').config, { level: 0, other: { x: 1 } })
  await kernel.stop()
})

test('a plugin that lacks what it must be told is found, is off, and says what it lacks when switched on', async () => {
  const needy = testPlugin('needy', definePlugin({ start() {} }), {
    config: { type: 'object', required: ['address'], properties: { address: { type: 'string' } } },
  })
  const kernel = await started([needy, gives('a', A)], { off: ['needy'] })
  assert.equal(states(kernel), { needy: 'disabled', a: 'running' })
  const error = await failure(kernel.plugins.enable('needy'))
  assert.equal([error.code, error.text.en], ['bad-settings', 'test: /plugins/needy/config "address" is missing'])
  await kernel.plugins.configure('needy', { address: 'x' })
  assert.is((await kernel.plugins.enable('needy')).state, 'running')
  await kernel.stop()
})

test('other settings for a plugin that was given up let it try again', async () => {
  const picky = configurable('picky', ({ config }) => {
    if ((config as { level: number }).level === 0) throw new Error('level 0 will not do')
  })
  const clock = fakeClock()
  const kernel = await started([picky], { clock })
  await clock.advance(60_000)
  assert.is(info(kernel, 'picky').state, 'quarantined')
  assert.is((await kernel.plugins.configure('picky', { level: 1 })).state, 'running')
  await kernel.stop()
})

test('an edited file starts, stops and reconfigures what differs, and leaves the rest alone', async () => {
  const lives: string[] = []
  const note = (id: string) => configurable(id, (scope) => {
      lives.push(`+${id}`)
      scope.onStop(() => void lives.push(`-${id}`))
    }) // oxfmt-ignore
  const plugins = ['a', 'b', 'c', 'd'].map(note)
  const kernel = await started(plugins, { off: ['b'] })
  lives.length = 0
  await kernel.apply(await settingsOf(plugins, { off: ['a'], config: { b: { level: 5 }, c: { level: 1 } } }))
  assert.equal(lives.toSorted(), ['+b', '+c', '-a', '-c'])
  assert.equal(info(kernel, 'c').config, { level: 1 })
  lives.length = 0
  await kernel.apply(await settingsOf(plugins, { off: ['a'], config: { b: { level: 5 }, c: { level: 1 } } }))
  assert.equal(lives, [])
  await kernel.stop()
})

test('an edited file with a fault anywhere changes nothing anywhere', async () => {
  const needy = testPlugin('needy', definePlugin({ start() {} }), { config: { type: 'object', required: ['address'] } })
  const plugins = [configurable('a'), configurable('b'), needy]
  const kernel = await started(plugins, { off: ['b', 'needy'], bindings: {} })
  const changes = heard(kernel)
  const broken: Pick<TestKernelOptions, 'off' | 'config' | 'bindings'>[] = [
    { off: ['a', 'needy'], config: { b: { level: 10 } } },
    { off: ['a'], config: { b: { level: 1 } } },
    { off: ['a', 'needy'], bindings: { x: 'nobody' } },
  ]
  for (const options of broken) {
    assert.match((await failure((async () => kernel.apply(await settingsOf(plugins, options)))())).text.en, 'test: /')
    assert.equal(states(kernel), { a: 'running', b: 'disabled', needy: 'disabled' })
    assert.equal(info(kernel, 'b').config, { level: 0 })
  }
  assert.equal(changes, [])
  await kernel.stop()
})

test('switching on in the file lifts a quarantine as the command does', async () => {
  const clock = fakeClock()
  let bad = true
  const plugins = [
    configurable('a', () => {
      if (bad) throw new Error('not yet')
    }),
  ]
  const kernel = await started(plugins, { clock })
  await clock.advance(60_000)
  assert.is(info(kernel, 'a').state, 'quarantined')
  bad = false
  await kernel.apply(await settingsOf(plugins, { off: ['a'] }))
  await kernel.apply(await settingsOf(plugins, {}))
  assert.is(info(kernel, 'a').state, 'running')
  await kernel.stop()
})

test('an edit elsewhere does not hurry what was given up, and what the file no longer names is off', async () => {
  const clock = fakeClock()
  const bad = configurable('bad', () => {
    throw new Error('always')
  })
  const plugins = [bad, configurable('a'), configurable('b')]
  const kernel = await started(plugins, { clock })
  await clock.advance(60_000)
  await kernel.apply(await settingsOf(plugins, { config: { a: { level: 1 } } }))
  assert.equal(states(kernel), { bad: 'quarantined', a: 'running', b: 'running' })
  await kernel.apply(readSettings([{ source: 'test', json: '{"plugins":{"a":true}}' }]))
  assert.equal(states(kernel), { bad: 'disabled', a: 'running', b: 'disabled' })
  assert.equal(info(kernel, 'a').config, { level: 0 })
  await kernel.stop()
})

test('who comes first at a slot follows the file, and a binding that is gone counts no more', async () => {
  const plugins = ['a', 'b', 'c'].map((id) =>
    testPlugin(id, definePlugin({ provides: { words: Words }, start: () => ({ words: id }) })),
  )
  let words!: Iterable<string>
  const reader = testPlugin('reader', definePlugin({ needs: { words: Words }, start: (needs) => void ({ words } = needs) }))
  const all = [...plugins, reader]
  const kernel = await started(all, { bindings: { words: ['c', 'b'] } })
  assert.is([...words].join(''), 'cba')
  await kernel.apply(await settingsOf(all, { bindings: { words: 'b' } }))
  assert.is([...words].join(''), 'bac')
  await kernel.apply(await settingsOf(all, {}))
  assert.is([...words].join(''), 'abc')
  await kernel.stop()
})

test('a plugin may change others, and itself, from inside what it is told', async () => {
  const bossy = testPlugin(
    'bossy',
    definePlugin({
      needs: { plugins: Plugins },
      start({ plugins }, scope) {
        scope.onConfig(async () => void (await plugins.disable('a')))
      },
    }),
    { config: level },
  )
  const kernel = await started([bossy, gives('a', A)])
  await kernel.plugins.configure('bossy', { level: 1 })
  assert.equal(states(kernel), { bossy: 'running', a: 'disabled' })
  await kernel.apply(await settingsOf([bossy, gives('a', A)], { config: { bossy: { level: 2 } } }))
  assert.equal(states(kernel), { bossy: 'running', a: 'disabled' })
  await kernel.stop()
})

test('looking in: who needs whom, what blocks, who stands where', async () => {
  const kernel = await started([gives('a', A), user('b', A, B), user('c', B), user('lost', token<string>('nothing'))])
  const why = kernel.plugins.why('a')
  assert.equal(why.neededBy.toSorted(), ['b', 'c'])
  assert.equal(kernel.plugins.why('c').needs, [{ token: 'b@1', provider: 'b', running: true }])
  assert.equal(kernel.plugins.graph(), [
    { from: 'b', to: 'a', token: 'a@1', kind: 'needs' },
    { from: 'c', to: 'b', token: 'b@1', kind: 'needs' },
  ])
  await kernel.plugins.disable('a')
  assert.equal(kernel.plugins.why('c').blockedBy, ['b', 'a'])
  assert.equal(kernel.plugins.why('c').needs, [{ token: 'b@1', provider: 'b', running: false }])
  assert.equal(kernel.plugins.why('lost').needs, [{ token: 'nothing@1', running: false }])
  await kernel.stop()
})

test('looking in: what is used without being needed, and what the kernel gives', async () => {
  const speaks = (id: string) => testPlugin(id, definePlugin({ provides: { words: Words }, start: () => ({ words: id }) }))
  const looks = testPlugin(
    'looks',
    definePlugin({ needs: { plugins: Plugins, words: Words, a: optional(A), b: optional(B) }, start() {} }),
  )
  const kernel = await started([looks, speaks('one'), speaks('two'), gives('a', A)], { off: ['two'] })
  assert.equal(kernel.plugins.graph(), [
    { from: 'looks', to: 'kernel', token: 'plugins@1', kind: 'needs' },
    { from: 'looks', to: 'one', token: 'words@1[]', kind: 'slot' },
    { from: 'looks', to: 'a', token: 'a@1', kind: 'optional' },
  ])
  const { needs, uses, blockedBy } = kernel.plugins.why('looks')
  assert.equal(needs, [{ token: 'plugins@1', provider: 'kernel', running: true }])
  assert.equal(uses, [
    { token: 'words@1[]', providers: ['one'] },
    { token: 'a@1', providers: ['a'] },
    { token: 'b@1', providers: [] },
  ])
  assert.equal(blockedBy, [])
  await kernel.stop()
})

test.run()

async function started(plugins: readonly TestPlugin[], options: Partial<TestKernelOptions> = {}): Promise<Kernel> {
  const kernel = await openTestKernel({ clock: fakeClock(), ...options, plugins })
  await kernel.start()
  return kernel
}

function configurable(id: string, start: (scope: Scope) => void = () => {}): TestPlugin {
  return testPlugin(id, definePlugin({ start: (_, scope) => start(scope as Scope) }), { config: level })
}

function gives(id: string, given: typeof A): TestPlugin {
  return testPlugin(id, definePlugin({ provides: { given }, start: () => ({ given: id }) }))
}

function user(id: string, wanted: typeof A, given?: typeof A): TestPlugin {
  const needs = { wanted }
  if (given === undefined) return testPlugin(id, definePlugin({ needs, start() {} }))
  return testPlugin(id, definePlugin({ needs, provides: { given }, start: () => ({ given: id }) }))
}

function states(kernel: Kernel): Record<string, string> {
  return Object.fromEntries(kernel.plugins.list().map(({ id, state }) => [id, state]))
}

function info(kernel: Kernel, id: string) {
  return kernel.plugins.why(id).plugin
}

/** The ids of plugins whose state changes from now on. */
function heard(kernel: Kernel): string[] {
  const ids: string[] = []
  kernel.plugins.watch(({ id }) => void ids.push(id))
  return ids
}

async function failure(work: Promise<unknown>): Promise<PalabreError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  assert.ok(error instanceof Error, 'it did not fail')
  return (isPalabreError(error) ? error : Object.assign(error as Error, { code: '' })) as PalabreError
}
