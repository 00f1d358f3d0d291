import {
  decideHook,
  definePlugin,
  isPalabreError,
  notifyHook,
  optional,
  slot,
  text,
  token,
  type Many,
  type Scope,
  type Slot,
} from '@palabre/sdk'
import { fakeClock, openTestKernel, settled, startTestHost, testPlugin, type TestPlugin } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const Gate = token<string>('gate')
const Secret = token<{ word: string }>('secret')
const Sink = slot<string>('sink')
const Ring = notifyHook<[]>('ring')
const Hidden = notifyHook<[]>('hidden')
const Ask = decideHook<[], boolean>('ask')
const title = text('x', 'x')

test('after a stop every member refuses, and what was lent shows nobody', async () => {
  let scope!: Scope
  let call!: () => unknown
  let lent!: { gate: { current: unknown; watch(fn: () => void): unknown }; sinks: Many<string> }
  const plugin = testPlugin(
    'full',
    definePlugin({
      needs: { gate: optional(Gate), sinks: Sink },
      contributes: [Sink],
      taps: [Ring],
      calls: [Ring],
      start(needs, lentScope) {
        scope = lentScope as Scope
        lent = needs as never
        call = scope.hook(Ring).call
      },
    }),
    { commands: [{ id: 'full.run', title }] },
  )
  await using host = await startTestHost({ plugins: [plugin, provider('gate', Gate, 'open'), contributor('sink', 'tube')] })
  assert.equal([lent.gate.current, ...lent.sinks], ['open', 'tube'])
  await host.plugins.disable('full')

  const uses: (() => unknown)[] = [
    () => scope.use({ [Symbol.dispose]() {} }),
    () => scope.onStop(() => {}),
    () => scope.every(1, () => {}),
    () => scope.after(1, () => {}),
    () => scope.asOwner(() => {}),
    () => scope.tap(Ring, () => {}),
    () => scope.hook(Ring),
    () => scope.command('full.run', () => ({ data: 1 })),
    () => scope.contribute(Sink, 'late'),
    () => scope.onConfig(() => {}),
    () => call(),
    () => lent.gate.watch(() => {}),
    () => lent.sinks.watch(() => {}),
  ]
  for (const use of uses) assert.is(codeOf(use), 'cancelled', String(use))
  assert.equal([lent.gate.current, ...lent.sinks], [undefined])
  scope.fail(new Error('too late'))
  assert.is(host.plugins.why('full').plugin.state, 'disabled')
  assert.ok(isPalabreError(scope.signal.reason) && scope.signal.reason.code === 'cancelled')
})

test('what a plugin does as owner is in its name, though another called it', async () => {
  const names: string[] = []
  const within = <T>(plugin: string, fn: () => T): T => {
    names.push(plugin)
    try {
      return fn()
    } finally {
      names.pop()
    }
  }
  const Naming = token<() => (string | undefined)[]>('naming')
  const named = testPlugin(
    'named',
    definePlugin({
      provides: { naming: Naming },
      start: (_needs, { asOwner }) => ({ naming: () => [names.at(-1), asOwner(() => names.at(-1))] }),
    }),
  )
  let told: unknown
  const caller = testPlugin('caller', definePlugin({ needs: { naming: Naming }, start: ({ naming }) => void (told = naming()) }))
  const kernel = await openTestKernel({ plugins: [named, caller], clock: fakeClock(), within })
  await kernel.start()
  assert.equal(told, ['caller', 'named'])
  await kernel.stop()
})

test('a tap stands until it is given back or its plugin stops', async () => {
  let early!: Disposable
  let size = () => -1
  const stands = testPlugin(
    'stands',
    definePlugin({
      taps: [Ring],
      start(_, scope) {
        scope.tap(Ring, () => {})
        early = scope.tap(Ring, () => {}, { stage: 'first' })
      },
    }),
  )
  const calls = testPlugin(
    'calls',
    definePlugin({
      calls: [Ring],
      start(_, scope) {
        const ring = scope.hook(Ring)
        size = () => ring.size
      },
    }),
  )
  await using host = await startTestHost({ plugins: [stands, calls] })
  const standing = () => host.plugins.why('stands').plugin.holds.taps
  assert.equal([size(), standing(), host.plugins.flow()[0]!.taps[0]!.stage], [2, 2, 'first'])
  early[Symbol.dispose]()
  assert.equal([size(), standing()], [1, 1])
  await host.plugins.disable('stands')
  assert.equal([size(), standing()], [0, 0])
  await host.plugins.enable('stands')
  assert.is(size(), 2)
})

test('what the manifest does not declare is refused with the line its author must add', async () => {
  let scope!: Scope
  const plugin = testPlugin(
    'a',
    definePlugin({ provides: { gate: Gate }, start: (_, lent) => ((scope = lent as Scope), { gate: 'a' }) }),
  )
  await using host = await startTestHost({ plugins: [plugin] })
  const refused: [() => unknown, string][] = [
    [() => scope.tap(Hidden, () => {}), 'hooks.taps: "hidden@1"'],
    [() => scope.hook(Hidden), 'hooks.calls: "hidden@1"'],
    [() => scope.command('a.run', () => ({ data: 1 })), 'commands: "a.run"'],
    [() => scope.contribute(Sink, 'x'), 'provides: "sink@1[]"'],
    [() => scope.contribute(Gate as unknown as Slot<string>, 'x'), 'provides: "gate@1"'],
  ]
  for (const [use, line] of refused) {
    const error = thrownBy(use)
    assert.ok(isPalabreError(error) && error.code === 'not-declared' && error.plugin === 'a')
    assert.match(error.todo!.en, line)
    assert.match(error.todo!.fr, line)
  }
  assert.is(host.plugins.why('a').plugin.state, 'running')
})

test('a forged token, slot or hook opens nothing that the manifest does not name', async () => {
  const stolen: unknown[] = []
  const forged = (honest: object, name: string) => {
    let looks = 0
    return { ...honest, key: Symbol.for(`palabre/${name}@1`), get name() { return looks++ === 0 ? (honest as { name: string }).name : name } } // oxfmt-ignore
  }
  const thief = testPlugin(
    'thief',
    definePlugin({
      needs: { gate: { ...Gate, key: Secret.key } as typeof Gate, sinks: Sink },
      contributes: [Sink],
      taps: [Ring],
      start(needs, scope) {
        stolen.push(needs.gate)
        scope.contribute(forged(Sink, 'secret') as unknown as typeof Sink, 'false sink')
        scope.tap(forged(Ring, 'hidden') as unknown as typeof Ring, () => void stolen.push('heard'))
      },
    }),
  )
  const caller = testPlugin(
    'caller',
    definePlugin({ calls: [Hidden], start: (_, scope) => void scope.every(10, scope.hook(Hidden).call) }),
  )
  await using host = await startTestHost({
    plugins: [provider('gate', Gate, 'open'), provider('safe', Secret, { word: 'swordfish' }), caller, thief],
    lend: { secret: optional(Secret) },
  })
  await host.clock.advance(50)
  assert.equal(stolen, ['open'])
  assert.equal(host.lent.secret.current, { word: 'swordfish' })
})

test('from what a plugin is lent no way leads to the kernel, to another plugin or to its settings', async () => {
  const seen = new Set<object>()
  const collect = testPlugin(
    'collect',
    definePlugin({
      needs: { gate: Gate, live: optional(Secret), sinks: Sink },
      contributes: [Sink],
      taps: [Ask],
      calls: [Ring],
      start(needs, scope) {
        const hook = scope.hook(Ring)
        const handed = [scope.every(1000, () => {}), scope.onStop(() => {}), scope.contribute(Sink, 'x'), hook]
        scope.tap(Ask, function (this: unknown, ...args: unknown[]) {
          walk([this, args], seen)
          return true
        } as () => boolean)
        needs.live.watch(() => {})
        walk([needs, scope, handed, [...needs.sinks.entries]], seen)
      },
    }),
  )
  const secretive = testPlugin(
    'secretive',
    definePlugin({ calls: [Ask], start: (_, scope) => void scope.after(1, () => void scope.hook(Ask).call()) }),
    {
      config: { type: 'object', properties: { password: { default: 'swordfish' } } },
    },
  )
  await using host = await startTestHost({
    plugins: [provider('gate', Gate, 'open'), contributor('sink', 'tube'), secretive, collect],
  })
  await host.clock.advance(5)
  assert.ok(seen.size > 20, 'the walk went somewhere')
  for (const thing of seen) {
    for (const bad of [
      'intercept',
      'taps',
      'bind',
      'getAll',
      'manifest',
      'units',
      'ledger',
      'forget',
      'password',
      'add',
      'provide',
    ]) {
      if (typeof thing !== 'function' && thing !== Function.prototype)
        assert.not.ok(Object.hasOwn(thing, bad), `${bad} was reached`)
    }
  }
  const scopes = [...seen].filter((thing) => Object.hasOwn(thing, 'onConfig'))
  assert.is(scopes.length, 1)
})

test('the scope and its settings cannot be changed', async () => {
  let scope!: Scope<{ a: { b: number } }>
  const plugin = testPlugin('a', definePlugin({ start: (_, lent) => void (scope = lent as never) }), {
    config: { type: 'object', properties: { a: { default: { b: 1 } } } },
  })
  await using _host = await startTestHost({ plugins: [plugin] })
  assert.throws(() => Object.assign(scope, { id: 'b' }))
  assert.throws(() => Object.assign(scope.config.a, { b: 2 }), /read only/)
  assert.is(scope.config.a.b, 1)
})

test('what the kernel lends to all is closed to all', async () => {
  const { Commands } = await import('@palabre/sdk/contract/command')
  const { Plugins } = await import('@palabre/sdk/contract/plugins')
  await using host = await startTestHost({ plugins: [contributor('sink', 'tube')], lend: { commands: Commands, plugins: Plugins } })
  const { commands, plugins } = host.lent
  assert.throws(() => Object.assign(commands, { run: () => {} }), /read only/)
  assert.throws(() => Object.assign(plugins, { enable: () => {} }), /read only/)
  assert.equal(Object.keys(commands).toSorted(), ['list', 'run', 'stream'])
  const info = plugins.list().find(({ id }) => id === 'sink')!
  assert.throws(() => (info.hosts as string[]).push('web'))
  assert.throws(() => Object.assign(info.configSchema, { type: 'string' }))
  assert.throws(() => Object.assign(info.title, { en: 'other' }))
})

test('a row of timers: a run that is not over delays the next, one that throws is told and does not end the row', async () => {
  const clock = fakeClock()
  const ran: number[] = []
  const plugin = testPlugin(
    'a',
    definePlugin({
      start(_, scope) {
        scope.every(100, async () => {
          ran.push(clock.monotonic())
          if (ran.length === 1) await clock.sleep(250)
          if (ran.length === 2) throw new Error('second')
        })
      },
    }),
  )
  const kernel = await openTestKernel({ plugins: [plugin], clock })
  await kernel.start()
  await clock.advance(700)
  assert.equal(ran, [100, 450, 550, 650])
  assert.equal(
    kernel.plugins.why('a').plugin.problems.map(({ text: { en } }) => en),
    ['a timer: second'],
  )
  await kernel.stop()
  assert.is(clock.waiting, 0)
})

test('a row of timers that is given back during a run ends with it', async () => {
  const clock = fakeClock()
  let ran = 0
  let row!: Disposable
  const plugin = testPlugin(
    'a',
    definePlugin({
      start(_, scope) {
        row = scope.every(100, async () => {
          ran++
          await clock.sleep(50)
        })
      },
    }),
  )
  const kernel = await openTestKernel({ plugins: [plugin], clock })
  await kernel.start()
  await clock.advance(120)
  row[Symbol.dispose]()
  await clock.advance(1_000)
  assert.equal([ran, clock.waiting], [1, 0])
  await kernel.stop()
})

test('who watches lets go when it stops, and hears nothing more', async () => {
  const diary: string[] = []
  const watches = testPlugin(
    'watches',
    definePlugin({
      needs: { gate: optional(Gate) },
      start({ gate }) {
        gate.watch((value) => (diary.push(value), () => void diary.push('let go')))
      },
    }),
  )
  await using host = await startTestHost({ plugins: [provider('gate', Gate, 'open'), watches] })
  assert.is(host.plugins.why('watches').plugin.holds.others, 1)
  await host.plugins.disable('watches')
  assert.equal(diary, ['open', 'let go'])
  await host.plugins.disable('gate')
  await host.plugins.enable('gate')
  assert.equal(diary, ['open', 'let go'])
})

test('a timer that has run is no longer held; one given back does not run', async () => {
  let ran = 0
  let early!: Disposable
  const plugin = testPlugin(
    'a',
    definePlugin({
      start(_, scope) {
        scope.after(100, () => void ran++)
        early = scope.after(100, () => void ran++)
        scope.every(100, () => void ran++)[Symbol.dispose]()
      },
    }),
  )
  await using host = await startTestHost({ plugins: [plugin] })
  early[Symbol.dispose]()
  assert.is(host.plugins.why('a').plugin.holds.timers, 1)
  await host.clock.advance(1000)
  assert.is(ran, 1)
  assert.is(host.plugins.why('a').plugin.holds.timers, 0)
})

test('things lent to `use` are disposed of, asynchronous ones awaited, in reverse order', async () => {
  const diary: string[] = []
  const plugin = testPlugin(
    'a',
    definePlugin({
      start(_, scope) {
        const thing = { [Symbol.dispose]: () => void diary.push('sync') }
        assert.is(scope.use(thing), thing)
        scope.use({
          async [Symbol.asyncDispose]() {
            await Promise.resolve()
            diary.push('async')
          },
        })
      },
    }),
  )
  await using host = await startTestHost({ plugins: [plugin] })
  await host.plugins.disable('a')
  assert.equal(diary, ['async', 'sync'])
})

test('work that goes on after the stop and meets a closed scope is no problem; any other error is', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const plugin = testPlugin(
    'a',
    definePlugin({
      start(_, scope) {
        scope.after(1, () => promise.then(() => void scope.onStop(() => {})))
        scope.after(1, () => promise.then(() => Promise.reject(new Error('own fault'))))
      },
    }),
  )
  await using host = await startTestHost({ plugins: [plugin] })
  await host.clock.advance(1)
  await host.plugins.disable('a')
  resolve()
  await settled()
  assert.equal(
    host.plugins.why('a').plugin.problems.map(({ text: { en } }) => en),
    ['a timer: own fault'],
  )
})

test('a watcher that does not let go is told of by its own name, and the provider stops', async () => {
  const clock = fakeClock()
  const clings = testPlugin(
    'clings',
    definePlugin({ needs: { gate: optional(Gate) }, start: ({ gate }) => void gate.watch(() => () => new Promise(() => {})) }),
  )
  const kernel = await openTestKernel({ plugins: [provider('gate', Gate, 'open'), clings], clock })
  await kernel.start()
  const disabling = kernel.plugins.disable('gate')
  await clock.advance(2_000)
  await disabling
  const problems = (id: string) => kernel.plugins.why(id).plugin.problems.map(({ text: { en } }) => en)
  assert.equal(problems('clings'), ['a watcher: clings did not let go of a provider within 2 s'])
  assert.equal(problems('gate'), [])
  await kernel.stop()
})

test('plugin code runs in its own name wherever the kernel calls it', async () => {
  const names: string[] = []
  const current: string[] = ['host']
  const within = <T>(plugin: string, fn: () => T): T => {
    current.push(plugin)
    try {
      return fn()
    } finally {
      current.pop()
    }
  }
  const note = (where: string) => void names.push(`${where}:${current.at(-1)}`)
  const plugin = testPlugin(
    'a',
    definePlugin({
      needs: { gate: optional(Gate) },
      start({ gate }, scope) {
        note('start')
        gate.watch(() => (note('watch'), () => note('leave')))
        scope.after(1, () => note('timer'))
        scope.onStop(() => note('stop'))
        scope.use({ [Symbol.dispose]: () => note('dispose') })
        scope.signal.addEventListener('abort', () => note('abort'))
        scope.onConfig(() => note('config'))
        scope.command('a.run', () => (note('command'), { data: 1 }))
      },
    }),
    { commands: [{ id: 'a.run', title }] },
  )
  const clock = fakeClock()
  const loading = { ...plugin, load: () => (note('load'), plugin.load()) }
  const kernel = await openTestKernel({ plugins: [loading, provider('gate', Gate, 'open')], clock, within })
  await kernel.start()
  await clock.advance(1)
  await kernel.commands.run('a.run')
  await kernel.plugins.configure('a', { x: 1 })
  await kernel.plugins.disable('a')
  await kernel.stop()
  assert.equal(
    names.filter((name) => !name.endsWith(':a')),
    [],
  )
  assert.equal(
    names.map((name) => name.split(':')[0]),
    ['load', 'start', 'watch', 'timer', 'command', 'config', 'abort', 'dispose', 'stop', 'leave'],
  )
})

test.run()

function provider<T>(id: string, given: ReturnType<typeof token<T>>, value: T): TestPlugin {
  return testPlugin(id, definePlugin({ provides: { given }, start: () => ({ given: value }) as never }))
}

function contributor(id: string, value: string): TestPlugin {
  return testPlugin(id, definePlugin({ provides: { sink: Sink }, start: () => ({ sink: value }) }))
}

function thrownBy(use: () => unknown): unknown {
  try {
    use()
  } catch (error) {
    return error
  }
  return undefined
}

function codeOf(use: () => unknown): string | undefined {
  const error = thrownBy(use)
  return isPalabreError(error) ? error.code : undefined
}

/** Everything that can be reached by following properties and prototypes, getters and symbols included. */
function walk(from: unknown, seen: Set<object>): void {
  const left: unknown[] = [from]
  while (left.length > 0) {
    const thing = left.pop()
    if ((typeof thing !== 'object' && typeof thing !== 'function') || thing === null || seen.has(thing)) continue
    if (thing === globalThis) continue
    seen.add(thing)
    left.push(Object.getPrototypeOf(thing))
    for (const key of Reflect.ownKeys(thing)) {
      try {
        left.push((thing as Record<PropertyKey, unknown>)[key])
      } catch {
        // A getter of a prototype, looked at without an instance.
      }
    }
  }
}
