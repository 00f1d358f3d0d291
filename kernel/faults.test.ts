import { definePlugin, isPalabreError, optional, PalabreError, text, token, type Scope } from '@palabre/sdk'
import type { BootJournal } from './journal.ts'
import {
  fakeClock,
  openTestKernel,
  settled,
  testPlugin,
  type FakeClock,
  type TestKernelOptions,
  type TestPlugin,
} from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Kernel } from './index.ts'

const A = token<string>('a')
const strays: unknown[] = []
const onStray = (error: unknown) => void strays.push(error)

test.before(() => {
  process.on('unhandledRejection', onStray)
  process.on('uncaughtException', onStray)
})
test.after(() => {
  process.off('unhandledRejection', onStray)
  process.off('uncaughtException', onStray)
})
test.after.each(() => assert.equal(strays.splice(0), []))

test('a start that throws is told, blocks who needs it, and is tried again after 1, 4 and 16 s, then given up', async () => {
  const clock = fakeClock()
  const starts: number[] = []
  const throws = provider('a', () => {
    starts.push(clock.monotonic() / 1000)
    throw new Error('no such device')
  })
  const kernel = await started([throws, user('b'), plain('c')], { clock })
  assert.equal(states(kernel), { a: 'failed', b: 'blocked', c: 'running' })
  const told = info(kernel, 'a')
  assert.is(told.reason!.en, 'a did not start: no such device')
  assert.is(told.reason!.fr, 'a n’a pas démarré : no such device')
  assert.match(told.todo!.en, 'palabre plugins enable a')
  assert.is(told.retryAt, clock.now() + 1000)
  assert.match(info(kernel, 'b').reason!.en, 'a did not start: no such device')

  await clock.advance(60_000)
  assert.equal(starts, [0, 1, 5, 21])
  assert.is(info(kernel, 'a').state, 'quarantined')
  assert.is(info(kernel, 'a').attempt, 4)
  assert.is(info(kernel, 'a').retryAt, undefined)
  assert.is(clock.waiting, 0)

  const error = await kernel.plugins.enable('a').catch((thrown: unknown) => thrown)
  assert.ok(isPalabreError(error) && error.code === 'plugin-failed')
  assert.equal(starts.at(-1), 60)
  assert.is(info(kernel, 'a').attempt, 1)
  await kernel.stop()
  assert.is(clock.waiting, 0)
})

test('a retry that works unblocks everybody and forgets the count', async () => {
  const clock = fakeClock()
  let bad = true
  const kernel = await started([provider('a', () => (bad ? Promise.reject(new Error('not yet')) : { a: 'a' })), user('b')], {
    clock,
  })
  bad = false
  await clock.advance(1000)
  assert.equal(states(kernel), { a: 'running', b: 'running' })
  assert.is(info(kernel, 'a').attempt, 0)
  await kernel.stop()
})

test('a start that hangs is ended after 10 s; what it does later surfaces nowhere and takes nothing', async () => {
  for (const late of ['rejects', 'returns'] as const) {
    const clock = fakeClock()
    const { promise, resolve, reject } = Promise.withResolvers<{ a: string }>()
    const refused: string[] = []
    const hangs = provider('a', async (scope) => {
      try {
        return await promise
      } finally {
        try {
          scope.every(1, () => {})
        } catch (error) {
          refused.push((error as PalabreError).code)
        }
      }
    })
    const kernel = await opened([hangs, user('b')], { clock })
    const starting = kernel.start()
    await clock.advance(9_999)
    assert.is(info(kernel, 'a').state, 'starting')
    await clock.advance(1)
    await starting
    assert.is(info(kernel, 'a').state, 'failed')
    assert.is(info(kernel, 'a').reason!.en, 'a did not start within 10 s')
    await kernel.plugins.disable('a')
    if (late === 'rejects') reject(new Error('late'))
    else resolve({ a: 'late' })
    await clock.advance(1)
    assert.equal(refused, ['cancelled'])
    assert.is(info(kernel, 'a').times.start, 0)
    assert.is(info(kernel, 'a').state, 'disabled')
    assert.is(clock.waiting, 0)
    await kernel.stop()
  }
})

test('code that is loaded too late is not run', async () => {
  const clock = fakeClock()
  const { promise, resolve } = Promise.withResolvers<void>()
  let runs = 0
  const slow = plain('slow', () => void runs++)
  const kernel = await opened([{ ...slow, load: () => promise.then(slow.load) }], { clock })
  const starting = kernel.start()
  await clock.advance(10_000)
  await starting
  await kernel.plugins.disable('slow')
  resolve()
  await clock.advance(1)
  assert.is(runs, 0)
  await kernel.plugins.enable('slow')
  assert.is(runs, 1)
  await kernel.stop()
})

test('a stop that hangs is ended after 5 s: the rest is given back, and the plugin can start again', async () => {
  const clock = fakeClock()
  const diary: string[] = []
  const hangs = plain('hangs', (scope) => {
    scope.onStop(() => void diary.push('last'))
    scope.onStop(() => new Promise(() => {}))
    scope.onStop(() => void diary.push('first'))
  })
  const kernel = await started([hangs], { clock })
  const disabling = kernel.plugins.disable('hangs')
  await clock.advance(4_999)
  assert.equal([info(kernel, 'hangs').state, ...diary], ['stopping', 'first'])
  await clock.advance(1)
  await disabling
  assert.equal(diary, ['first', 'last'])
  assert.match(info(kernel, 'hangs').problems.at(-1)!.text.en, 'hangs did not stop within 5 s and was left behind')
  assert.is(info(kernel, 'hangs').state, 'disabled')
  await kernel.plugins.enable('hangs')
  const stopping = kernel.stop()
  await clock.advance(5_000)
  await stopping
})

test('what throws while stopping is told and does not keep the rest from being given back', async () => {
  const diary: string[] = []
  const kernel = await started([
    plain('a', (scope) => {
      scope.onStop(() => void diary.push('given back'))
      scope.onStop(() => Promise.reject(new Error('later')))
      scope.use({
        [Symbol.dispose]() {
          throw new Error('at once')
        },
      })
    }),
  ])
  await kernel.plugins.disable('a')
  assert.equal(diary, ['given back'])
  assert.equal(
    info(kernel, 'a').problems.map(({ text: { en } }) => en),
    ['stop: at once', 'stop: later'],
  )
  await kernel.stop()
})

test('a crash stops the plugin and those who need it, then all come back; the third in five minutes is the last', async () => {
  const clock = fakeClock()
  let fail: Scope['fail'] = () => {}
  const kernel = await started(
    [
      provider('a', (scope) => {
        fail = scope.fail
        return { a: 'a' }
      }),
      user('b'),
    ],
    { clock },
  )
  for (const wait of [1_000, 4_000]) {
    fail(new Error('line cut'))
    await clock.advance(0)
    assert.equal(states(kernel), { a: 'failed', b: 'blocked' })
    assert.is(info(kernel, 'a').reason!.en, 'a crashed: line cut')
    assert.is(info(kernel, 'a').problems.at(-1)!.text.en, 'crash: line cut')
    await clock.advance(wait)
    assert.equal(states(kernel), { a: 'running', b: 'running' })
  }
  fail(new Error('line cut'))
  await clock.advance(60_000)
  assert.equal(states(kernel), { a: 'quarantined', b: 'blocked' })
  await kernel.plugins.enable('a')
  assert.equal(states(kernel), { a: 'running', b: 'running' })

  fail(new Error('old'))
  await clock.advance(5 * 60_000)
  fail(new Error('long after'))
  await clock.advance(0)
  assert.is(info(kernel, 'a').state, 'failed', 'crashes more than five minutes apart do not add up')
  await kernel.stop()
})

test('a crashed plugin that is slow to stop is stopped and started anew, not left as it is', async () => {
  const clock = fakeClock()
  let runs = 0
  let fail: Scope['fail'] = () => {}
  const slowUser = testPlugin(
    'slow-user',
    definePlugin({ needs: { a: A }, start: (_, scope) => void scope.onStop(() => clock.sleep(3_000)) }),
  )
  const crashing = provider('a', (scope) => {
    runs++
    fail = scope.fail
    return { a: `run ${runs}` }
  })
  const kernel = await started([crashing, slowUser], { clock })
  fail(new Error('x'))
  await clock.advance(2_000)
  assert.is(info(kernel, 'a').state, 'running', 'its user has not let go yet, and its retry has come')
  await clock.advance(2_000)
  assert.is(runs, 2)
  assert.equal(states(kernel), { a: 'running', 'slow-user': 'running' })
  const stopping = kernel.stop()
  await clock.advance(3_000)
  await stopping
})

test('whoever says during its start that it cannot go on has not started', async () => {
  const kernel = await started([
    plain('a', (scope) => {
      scope.fail(new Error('no room'))
      scope.signal.throwIfAborted()
    }),
    plain('b', (scope) => {
      scope.fail(new Error('no room'))
      return new Promise(() => {})
    }),
    plain('c', (scope) => scope.fail(new Error('no room'))),
  ])
  for (const id of ['a', 'b', 'c']) assert.is(info(kernel, id).reason?.en, `${id} did not start: no room`)
  await kernel.stop()
})

test('a plugin that crashes twice at once, or after it was switched off, counts once and not at all', async () => {
  const clock = fakeClock()
  let fail: Scope['fail'] = () => {}
  const kernel = await started([plain('a', (scope) => void (fail = scope.fail))], { clock })
  fail(new Error('x'))
  fail(new Error('x'))
  await clock.advance(1_000)
  assert.is(info(kernel, 'a').state, 'running')
  await kernel.plugins.disable('a')
  fail(new Error('x'))
  kernel.blame(new Error('x'), 'a')
  await clock.advance(60_000)
  assert.is(info(kernel, 'a').state, 'disabled')
  assert.is(clock.waiting, 0)
  await kernel.stop()
})

test('faults that trying again cannot mend are given up at once, with what its author must do', async () => {
  const cases: [TestPlugin, code: string, said: string][] = [
    [provider('a', () => ({ a: 'a', other: 1 })), 'not-declared', 'a returned "other" from start and does not declare it'],
    [provider('a', () => ({ a: 'a', toString: 1 })), 'not-declared', 'a returned "toString" from start and does not declare it'],
    [provider('a', () => ({})), 'bad-plugin', 'a declares that it provides "a" and did not return it'],
    [provider('a', () => undefined), 'bad-plugin', 'a declares that it provides "a" and did not return it'],
    [{ ...provider('a', () => ({ a: 'a' })), load: async () => ({}) }, 'bad-plugin', 'does not export "plugin"'],
  ]
  for (const [plugin, code, said] of cases) {
    const clock = fakeClock()
    const kernel = await started([plugin], { clock })
    const { state, reason, todo, holds } = info(kernel, 'a')
    assert.is(state, 'quarantined', code)
    assert.match(reason!.en, said)
    assert.match(todo!.en, /Its (author|index)/)
    assert.equal(Object.values(holds).filter(Boolean), [])
    assert.is(clock.waiting, 0)
    await kernel.stop()
  }
})

test('an error with its own words keeps them', async () => {
  const own = new PalabreError('unreachable', text('the relay is silent', 'le relais se tait'), {
    todo: text('Wait.', 'Attendez.'),
  })
  const kernel = await started([plain('a', () => Promise.reject(own))])
  assert.equal(info(kernel, 'a').reason, { en: 'the relay is silent', fr: 'le relais se tait' })
  assert.equal(info(kernel, 'a').todo, { en: 'Wait.', fr: 'Attendez.' })
  await kernel.stop()
})

test('what was starting when the process died twice is left out and named, until the person tries it again', async () => {
  let saved: string | undefined
  const journal: BootJournal = { load: () => saved, save: (content) => void (saved = content) }
  const deadly = plain('deadly', () => new Promise(() => {}))
  for (let boot = 0; boot < 2; boot++) {
    const dying = await opened([deadly, plain('fine')], { journal })
    void dying.start()
    await settled()
    assert.match(saved!, '"deadly"')
  }
  let runs = 0
  const clock = fakeClock()
  const kernel = await started([plain('deadly', () => void runs++), plain('fine')], { clock, journal })
  assert.equal(states(kernel), { deadly: 'quarantined', fine: 'running' })
  assert.match(info(kernel, 'deadly').reason!.en, 'deadly was starting both times Palabre died')
  assert.match(info(kernel, 'deadly').todo!.en, 'palabre plugins enable deadly')
  await kernel.plugins.enable('deadly')
  assert.is(runs, 1)
  await kernel.stop()
  for (let boot = 2; boot < 6; boot++) {
    const again = await started([plain('deadly', () => void runs++)], { journal })
    assert.is(runs, boot, 'a start that went well is no longer held against it')
    await again.stop()
  }
})

test('who is tried again after two deaths and dies once more has died once', async () => {
  let saved: string | undefined
  const journal: BootJournal = { load: () => saved, save: (content) => void (saved = content) }
  const deadly = plain('deadly', () => new Promise(() => {}))
  for (let boot = 0; boot < 3; boot++) {
    const dying = await opened([deadly], { journal })
    void dying.start()
    await settled()
    if (boot === 2) void dying.plugins.enable('deadly')
    await settled()
  }
  const kernel = await started([plain('deadly')], { journal })
  assert.is(info(kernel, 'deadly').state, 'running')
  await kernel.stop()
})

test('an error of a plugin that is stopping is told and counts for nothing', async () => {
  const clock = fakeClock()
  const slow = plain('slow', (scope) => void scope.onStop(() => clock.sleep(100)))
  const kernel = await started([{ ...slow, manifest: { ...slow.manifest, config: {} } }], { clock })
  const restarting = kernel.plugins.configure('slow', { x: 1 })
  await clock.advance(50)
  assert.is(info(kernel, 'slow').state, 'stopping')
  kernel.blame(new Error('in passing'), 'slow')
  await clock.advance(50)
  assert.is((await restarting).state, 'running')
  assert.is(info(kernel, 'slow').problems.at(-1)!.text.en, 'stray error: in passing')
  const stopping = kernel.stop()
  await clock.advance(100)
  await stopping
})

test('who is stopped by the very first that hears of it has not started', async () => {
  const clock = fakeClock()
  let runs = 0
  const gives = testPlugin(
    'gives',
    definePlugin({
      provides: { a: A },
      start(_, scope) {
        runs++
        const refuse = () => scope.fail(new Error('refused'))
        return { a: refuse as unknown as string }
      },
    }),
  )
  const refuses = testPlugin(
    'refuses',
    definePlugin({
      needs: { a: optional(A) },
      start: ({ a }) => void a.watch((refuse) => (refuse as unknown as () => void)()),
    }),
  )
  const kernel = await started([refuses, gives], { clock })
  assert.equal([runs, info(kernel, 'gives').state], [1, 'failed'])
  assert.is(info(kernel, 'gives').reason!.en, 'gives did not start: refused')
  assert.equal(Object.values(info(kernel, 'gives').holds).filter(Boolean), [])
  await kernel.stop()
})

test('the time a start took is told, and a plugin that failed and is switched off waits for nothing', async () => {
  const clock = fakeClock()
  const kernel = await opened([plain('slow', () => clock.sleep(500)), plain('bad', () => Promise.reject(new Error('x')))], {
    clock,
  })
  const starting = kernel.start()
  await clock.advance(500)
  await starting
  assert.equal(info(kernel, 'slow').times, { import: 0, start: 500 })
  await kernel.plugins.disable('bad')
  assert.is(clock.waiting, 0)
  await kernel.stop()
})

test('a journal that cannot be written costs safe mode and nothing else', async () => {
  const full = (): never => {
    throw new Error('disk full')
  }
  const kernel = await started([plain('a')], { journal: { load: full, save: full } })
  assert.is(info(kernel, 'a').state, 'running')
  await kernel.stop()
})

test('closing ends within the limits whatever plugins are doing', async () => {
  const clock = fakeClock()
  const never = () => new Promise<never>(() => {})
  const kernel = await opened(
    [
      plain('starting', never),
      plain('starting-and-stubborn', (scope) => {
        scope.onStop(never)
        return never()
      }),
      plain('stubborn', (scope) => void scope.onStop(never)),
      plain('throwing', () => Promise.reject(new Error('x'))),
      { ...plain('loading'), load: never },
    ],
    { clock },
  )
  void kernel.start()
  await clock.advance(10)
  const closing = kernel.stop()
  await clock.advance(5_000)
  await closing
  assert.equal([...new Set(Object.values(states(kernel)))], ['stopped'])
  assert.is(clock.waiting, 0)
})

test.run()

async function opened(plugins: readonly TestPlugin[], options: Partial<TestKernelOptions> = {}): Promise<Kernel> {
  return openTestKernel({ clock: fakeClock(), ...options, plugins })
}

async function started(plugins: readonly TestPlugin[], options: Partial<TestKernelOptions> & { clock?: FakeClock } = {}) {
  const kernel = await opened(plugins, options)
  await kernel.start()
  return kernel
}

function plain(id: string, start: (scope: Scope) => unknown = () => {}): TestPlugin {
  return testPlugin(id, definePlugin({ start: async (_, scope) => void (await start(scope)) }))
}

function provider(id: string, start: (scope: Scope) => unknown): TestPlugin {
  return testPlugin(id, definePlugin({ provides: { a: A }, start: (_, scope) => start(scope) as { a: string } }))
}

function user(id: string): TestPlugin {
  return testPlugin(id, definePlugin({ needs: { a: A }, start() {} }))
}

function states(kernel: Kernel): Record<string, string> {
  return Object.fromEntries(kernel.plugins.list().map(({ id, state }) => [id, state]))
}

function info(kernel: Kernel, id: string) {
  return kernel.plugins.why(id).plugin
}
