import { definePlugin, isPalabreError, notifyHook, optional, text, token, type Many, type Scope } from '@palabre/sdk'
import { fakeClock, openTestKernel, settled, startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { contributor, provider, Sink, thrownBy } from './scope-for-tests.ts'

const Gate = token<string>('gate')
const Ring = notifyHook<[]>('ring')
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

function codeOf(use: () => unknown): string | undefined {
  const error = thrownBy(use)
  return isPalabreError(error) ? error.code : undefined
}
