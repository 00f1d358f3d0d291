import { decideHook, definePlugin, isPalabreError, notifyHook, optional, token, type Scope, type Slot } from '@palabre/sdk'
import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { contributor, provider, Sink, thrownBy } from './scope-for-tests.ts'

const Gate = token<string>('gate')
const Secret = token<{ word: string }>('secret')
const Ring = notifyHook<[]>('ring')
const Hidden = notifyHook<[]>('hidden')
const Ask = decideHook<[], boolean>('ask')

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

test.run()

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
