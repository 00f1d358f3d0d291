import { definePlugin, optional, slot, text, token, type PalabreError, type Plugin, type Scope } from '@palabre/sdk'
import type { PluginChange } from '@palabre/sdk/contract/plugins'
import {
  fakeClock,
  openTestKernel,
  settingsOf,
  startTestHost,
  testPlugin,
  type TestKernelOptions,
  type TestPlugin,
} from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Kernel } from './index.ts'

const A = token<string>('a')
const B = token<string>('b')
const Many = slot<string>('many')

test('providers start before their users, and stop after them', async () => {
  const diary: string[] = []
  const kernel = await started([uses('b', A, diary, B), uses('c', B, diary), gives('a', A, diary)])
  assert.equal(diary, ['+a', '+b', '+c'])
  await kernel.stop()
  assert.equal(diary.slice(3), ['-c', '-b', '-a'])
})

test('plugins that do not need each other start side by side', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const waits = plain('waits', { start: () => promise })
  const frees = plain('frees', { start: () => resolve() })
  const kernel = await started([waits, frees])
  assert.equal(states(kernel), { waits: 'running', frees: 'running' })
  await kernel.stop()
})

test('switching one off stops those who need it first, tells optional users, and leaves the rest alone', async () => {
  const diary: string[] = []
  const told = testPlugin(
    'told',
    definePlugin({
      needs: { a: optional(A) },
      start({ a }) {
        a.watch((value) => {
          diary.push(`told sees ${value}`)
          return () => void diary.push('told lets go')
        })
      },
    }),
  )
  const kernel = await started([gives('a', A, diary), uses('b', A, diary, B), uses('c', B, diary), told, plainDiary('d', diary)])
  diary.length = 0
  const changes = changesOf(kernel)
  await kernel.plugins.disable('a')

  assert.equal(diary, ['-c', '-b', 'told lets go', '-a'])
  assert.equal(states(kernel), { a: 'disabled', b: 'blocked', c: 'blocked', told: 'running', d: 'running' })
  assert.not(changes.some(({ id }) => id === 'told' || id === 'd'))
  assert.match(reason(kernel, 'b'), 'b needs a for a@1: a is switched off')
  assert.match(reason(kernel, 'c'), 'c needs b, which is blocked: b needs a')
  assert.match(kernel.plugins.why('b').plugin.todo!.en, 'palabre plugins enable a')
  assert.match(kernel.plugins.why('b').plugin.reason!.fr, 'a est désactivé')

  diary.length = 0
  await kernel.plugins.enable('a')
  assert.equal(diary, ['+a', 'told sees a', '+b', '+c'])
  assert.equal(states(kernel), { a: 'running', b: 'running', c: 'running', told: 'running', d: 'running' })
  await kernel.stop()
})

test('who is switched off passes through each state, and what ran has no reason not to', async () => {
  const kernel = await started([gives('a', A)])
  const changes = changesOf(kernel)
  await kernel.plugins.disable('a')
  assert.equal(
    changes.map(({ state }) => state),
    ['stopping', 'stopped', 'disabled'],
  )
  assert.is((await kernel.plugins.enable('a')).reason, undefined)
  await kernel.stop()
})

test('a provider that waits for its users still serves them, and stays when it is wanted again', async () => {
  const clock = fakeClock()
  let runs = 0
  let signal!: AbortSignal
  const provider = testPlugin(
    'a',
    definePlugin({
      provides: { a: A },
      start(_, scope) {
        runs++
        ;({ signal } = scope)
        return { a: 'a' }
      },
    }),
  )
  const slow = testPlugin('slow', definePlugin({ needs: { a: A }, start: (_, scope) => void scope.onStop(() => clock.sleep(100)) }))
  const kernel = await started([provider, slow], { clock })
  const off = kernel.plugins.disable('a')
  await clock.advance(50)
  assert.not.ok(signal.aborted)
  const on = kernel.plugins.enable('a')
  await clock.advance(100)
  await Promise.all([off, on])
  assert.equal([runs, signal.aborted, states(kernel)], [1, false, { a: 'running', slow: 'running' }])
  const stopping = kernel.stop()
  await clock.advance(100)
  await stopping
})

test('switching one off waits for nobody else', async () => {
  const clock = fakeClock()
  const kernel = await opened([gives('a', A), plain('slow', { start: () => clock.sleep(9_000) })], { clock })
  void kernel.start()
  await clock.advance(1)
  await kernel.plugins.disable('a')
  assert.equal(states(kernel), { a: 'disabled', slow: 'starting' })
  await kernel.stop()
})

test('a second choice may be switched on, and stands by', async () => {
  const kernel = await started([gives('a', A), gives('b', A)], { off: ['b'], bindings: { a: ['a', 'b'] } })
  const { state, reason: why } = await kernel.plugins.enable('b')
  assert.equal([state, why?.en], ['standby', 'b stands by: a does this'])
  await kernel.stop()
})

test('a step of the kernel is complete before any code of a plugin runs', async () => {
  const diary: string[] = []
  const kernel = await started([gives('hub', A), uses('x', A, diary), uses('y', A, diary)])
  await kernel.plugins.disable('hub')
  diary.length = 0
  kernel.plugins.watch(({ id, state }) => void (state === 'starting' && diary.push(`${id} starting`)))
  await kernel.plugins.enable('hub')
  assert.equal(diary, ['hub starting', 'x starting', 'y starting', '+x', 'x got hub', '+y', 'y got hub'])
  await kernel.stop()
})

test('enable waits for those who need it too, and returns when they rest', async () => {
  const clock = fakeClock()
  const slow = testPlugin('slow', definePlugin({ needs: { a: A }, start: () => clock.sleep(500) }))
  const kernel = await started([gives('a', A), slow], { clock, off: ['a'] })
  const enabling = kernel.plugins.enable('a')
  await clock.advance(600)
  await enabling
  assert.is(states(kernel)['slow'], 'running')
  await kernel.stop()
})

test('a plugin in the middle of its start may wait for another to be switched on', async () => {
  const { Plugins } = await import('@palabre/sdk/contract/plugins')
  const asks = testPlugin(
    'asks',
    definePlugin({ needs: { a: A, plugins: Plugins }, start: async ({ plugins }) => void (await plugins.enable('a')) }),
  )
  const kernel = await started([gives('a', A), asks])
  assert.is(states(kernel)['asks'], 'running')
  await kernel.stop()
})

test('after a stop nothing is held, and after another start everything is back', async () => {
  const Sink = slot<number>('numbers')
  const full = testPlugin(
    'full',
    definePlugin({
      provides: { a: A, first: Sink },
      contributes: [Many],
      start(_, scope) {
        scope.every(1000, () => {})
        scope.after(1000, () => {})
        scope.contribute(Many, 'more')
        scope.command('full.run', () => ({ data: 1 }))
        scope.onStop(() => {})
        return { a: 'a', first: 1 }
      },
    }),
    { commands: [{ id: 'full.run', title: text('run', 'lance') }] },
  )
  const clock = fakeClock()
  const kernel = await started([full], { clock })
  const all = { taps: 0, timers: 2, commands: 1, services: 1, contributions: 2, others: 1 }
  assert.equal(kernel.plugins.why('full').plugin.holds, all)
  await kernel.plugins.disable('full')
  assert.equal(kernel.plugins.why('full').plugin.holds, {
    taps: 0,
    timers: 0,
    commands: 0,
    services: 0,
    contributions: 0,
    others: 0,
  })
  assert.is(clock.waiting, 0)
  assert.is(kernel.commands.list()[0]!.available, false)
  await kernel.plugins.enable('full')
  assert.equal(kernel.plugins.why('full').plugin.holds, all)
  assert.is((await kernel.commands.run('full.run')).data, 1)
  await kernel.stop()
  assert.is(clock.waiting, 0)
})

test('another binding restarts the users with the new provider, and only them', async () => {
  const diary: string[] = []
  const plugins = [busy('one', A, diary), busy('two', A, diary), uses('user', A, diary), plainDiary('rest', diary)]
  const kernel = await started(plugins, { bindings: { a: 'one' } })
  assert.equal(diary.toSorted(), ['+one', '+rest', '+two', '+user', 'user got one'].toSorted())
  diary.length = 0
  await kernel.apply(await settingsOf(plugins, { bindings: { a: 'two' } }))
  assert.is(diary.at(-1), 'user got two')
  assert.not.ok(diary.some((line) => line.includes('rest')))
  assert.equal(states(kernel), { one: 'running', two: 'running', user: 'running', rest: 'running' })
  await kernel.stop()
})

test('the second choice steps in when the first fails, once the first has let go, and steps back', async () => {
  const diary: string[] = []
  const clock = fakeClock()
  let fail: (error: unknown) => void = () => {}
  const one = testPlugin(
    'one',
    definePlugin({
      provides: { a: A },
      start(_, scope) {
        fail = (error) => scope.fail(error)
        scope.onStop(async () => {
          await clock.sleep(300)
          diary.push('one has let go')
        })
        return { a: 'one' }
      },
    }),
  )
  const kernel = await started([one, gives('two', A, diary), uses('user', A, diary)], { clock, bindings: { a: ['one', 'two'] } })
  assert.equal(states(kernel), { one: 'running', two: 'standby', user: 'running' })
  diary.length = 0
  fail(new Error('broken'))
  await clock.advance(400)
  assert.equal(diary, ['-user', 'one has let go', '+two', '+user', 'user got two'])
  assert.equal(states(kernel), { one: 'failed', two: 'running', user: 'running' })
  diary.length = 0
  await clock.advance(1000)
  assert.equal(states(kernel), { one: 'running', two: 'standby', user: 'running' })
  assert.equal(diary, ['-user', '-two', '+user', 'user got one'])
  const stopping = kernel.stop()
  await clock.advance(400)
  await stopping
})

test('switched off and on again while it starts, it runs, and that is no failure', async () => {
  const clock = fakeClock()
  const slow = plain('slow', { start: () => clock.sleep(100) })
  const kernel = await opened([slow], { clock })
  const starting = kernel.start()
  await clock.advance(10)
  const off = kernel.plugins.disable('slow')
  const on = kernel.plugins.enable('slow')
  await clock.advance(500)
  await Promise.all([starting, off, on])
  const { state, attempt, problems } = kernel.plugins.why('slow').plugin
  assert.equal({ state, attempt, problems }, { state: 'running', attempt: 0, problems: [] })
  await kernel.stop()
})

test('switched off while it starts, it stops at once and gives back what it took', async () => {
  const clock = fakeClock()
  const diary: string[] = []
  const slow = plain('slow', {
    start(_, scope) {
      scope.onStop(() => void diary.push('gave back'))
      return clock.sleep(9_000)
    },
  })
  const kernel = await opened([slow], { clock })
  void kernel.start()
  await clock.advance(10)
  await kernel.plugins.disable('slow')
  assert.equal(diary, ['gave back'])
  assert.is(states(kernel)['slow'], 'disabled')
  await kernel.stop()
})

test('a restart is not over before everything it stopped runs again', async () => {
  const clock = fakeClock()
  const late = testPlugin('late', definePlugin({ needs: { a: A }, start: () => clock.sleep(200) }))
  const kernel = await opened([gives('a', A), late], { clock })
  const starting = kernel.start()
  await clock.advance(200)
  await starting
  const changes = changesOf(kernel)
  const configuring = kernel.plugins.configure('a', { level: 1 })
  await clock.advance(200)
  const info = await configuring
  assert.is(info.state, 'running')
  assert.is(states(kernel)['late'], 'running')
  assert.ok(changes.some(({ id, state }) => id === 'a' && state === 'stopping'))
  await kernel.stop()
})

test('a watcher that throws disturbs neither the kernel nor other watchers', async () => {
  const kernel = await opened([gives('a', A)])
  kernel.plugins.watch(() => {
    throw new Error('watcher')
  })
  const changes = changesOf(kernel)
  await kernel.start()
  assert.equal(changes.at(-1), { id: 'a', state: 'running', before: 'starting' })
  await kernel.stop()
})

test('what a watcher throws is logged', async () => {
  await using host = await startTestHost({ plugins: [gives('a', A)] })
  host.plugins.watch(() => {
    throw new Error('watcher')
  })
  await host.plugins.disable('a')
  assert.ok(
    host.log.some(({ plugin, level, message }) => `${plugin} ${level} ${message}` === 'kernel error a watcher of plugins: watcher'),
  )
})

test('every watcher hears of changes in their order, also of those that a watcher causes', async () => {
  const kernel = await opened([gives('a', A), plain('b')])
  let asked = false
  kernel.plugins.watch(({ id, state }) => {
    if (id !== 'a' || state !== 'running' || asked) return
    asked = true
    kernel.blame(new Error('at once'), 'a')
  })
  const later = changesOf(kernel)
  await kernel.start()
  const ofA = later.filter(({ id }) => id === 'a')
  for (const [i, { before }] of ofA.entries()) if (i > 0) assert.is(before, ofA[i - 1]!.state)
  assert.is(ofA.at(-1)?.state, 'failed')
  await kernel.stop()
})

test('a watcher that was disposed of hears nothing, and one function may watch twice', async () => {
  const kernel = await opened([gives('a', A)])
  let heard = 0
  const listen = () => void heard++
  const first = kernel.plugins.watch(listen)
  kernel.plugins.watch(listen)
  first[Symbol.dispose]()
  await kernel.start()
  assert.is(heard, ['starting', 'running'].length)
  await kernel.stop()
})

test('the reason why something is blocked stays short however long the row', async () => {
  const tokens = Array.from({ length: 60 }, (_, i) => token<string>(`t${i}`))
  const row = tokens
    .slice(1)
    .map((mine, i) =>
      testPlugin(`p${i}`, definePlugin({ needs: { up: tokens[i]! }, provides: { mine }, start: () => ({ mine: '' }) })),
    )
  const kernel = await started(row)
  assert.is(reason(kernel, 'p58'), 'p58 needs p57, which is blocked: p0 needs t0@1, and no plugin provides it')
  await kernel.stop()
})

test('closing stops all, starts nothing more, and says so to who asks', async () => {
  const clock = fakeClock()
  let crash = () => {}
  const crashes = plain('crashes', { start: (_, scope) => void (crash = () => scope.fail(new Error('late'))) })
  const slow = testPlugin('slow', definePlugin({ needs: { a: A }, start: (_, scope) => void scope.onStop(() => clock.sleep(100)) }))
  const kernel = await started([crashes, gives('a', A), slow], { clock })
  const closing = kernel.stop()
  crash()
  kernel.blame(new Error('at the end'), 'a')
  await clock.advance(100)
  await closing
  assert.equal(states(kernel), { crashes: 'stopped', a: 'stopped', slow: 'stopped' })
  assert.is(clock.waiting, 0)
  const error = await kernel.plugins.enable('a').catch((thrown: unknown) => thrown)
  assert.is((error as PalabreError).code, 'cancelled')
  assert.is(states(kernel)['a'], 'stopped')
})

test.run()

async function opened(plugins: readonly TestPlugin[], options: Partial<TestKernelOptions> = {}): Promise<Kernel> {
  return openTestKernel({ clock: fakeClock(), ...options, plugins })
}

async function started(plugins: readonly TestPlugin[], options: Partial<TestKernelOptions> = {}): Promise<Kernel> {
  const kernel = await opened(plugins, options)
  await kernel.start()
  return kernel
}

function plain(id: string, spec: Partial<Pick<Plugin, 'start'>> = {}): TestPlugin {
  return testPlugin(id, definePlugin({ start: (spec.start ?? (() => {})) as never }))
}

function plainDiary(id: string, diary: string[]): TestPlugin {
  return plain(id, { start: (_, scope) => noteLife(id, diary, scope) })
}

function gives(id: string, given: typeof A, diary: string[] = []): TestPlugin {
  return testPlugin(
    id,
    definePlugin({
      provides: { given },
      start(_, scope) {
        noteLife(id, diary, scope)
        return { given: id }
      },
    }),
  )
}

/** Provides, and does something besides, so that it never stands by. */
function busy(id: string, given: typeof A, diary: string[]): TestPlugin {
  const { manifest, load } = gives(id, given, diary)
  return { manifest: { ...manifest, commands: [{ id: `${id}.x`, title: text('x', 'x') }] }, load }
}

function uses(id: string, wanted: typeof A, diary: string[], given?: typeof A): TestPlugin {
  const live = (value: string, scope: Scope) => {
    noteLife(id, diary, scope)
    if (value !== 'a' && value !== 'b') diary.push(`${id} got ${value}`)
  }
  const needs = { wanted }
  if (given === undefined) return testPlugin(id, definePlugin({ needs, start: ({ wanted: value }, scope) => live(value, scope) }))
  return testPlugin(
    id,
    definePlugin({
      needs,
      provides: { given },
      start({ wanted: value }, scope) {
        live(value, scope)
        return { given: id }
      },
    }),
  )
}

function noteLife(id: string, diary: string[], scope: { onStop(fn: () => void): unknown }): void {
  diary.push(`+${id}`)
  scope.onStop(() => void diary.push(`-${id}`))
}

function states(kernel: Kernel): Record<string, string> {
  return Object.fromEntries(kernel.plugins.list().map(({ id, state }) => [id, state]))
}

function reason(kernel: Kernel, id: string): string {
  return kernel.plugins.why(id).plugin.reason?.en ?? ''
}

function changesOf(kernel: Kernel): PluginChange[] {
  const changes: PluginChange[] = []
  kernel.plugins.watch((change) => void changes.push(change))
  return changes
}
