import { definePlugin, notifyHook, optional, slot, token, type Plugin, type Slot, type Token } from '@palabre/sdk'
import { fakeClock, openTestKernel, settingsOf, testPlugin, type TestKernelOptions, type TestPlugin } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Kernel } from './index.ts'

const A = token<string>('a')
const Maybe = token<string>('maybe')
const Many = slot<string>('many')
const Ring = notifyHook<[]>('ring')

test('only what is asked for starts, with all it needs, can use, has at its slots or calls', async () => {
  await using kernel = await opened([
    gives('a', A),
    gives('maybe', Maybe),
    gives('one', Many),
    takes({ a: A, maybe: optional(Maybe), many: Many }, [Ring]),
    testPlugin('listener', definePlugin({ taps: [Ring], start: () => {} })),
    testPlugin('stranger', definePlugin({ start: () => {} })),
  ])
  await kernel.start(['asked'])
  assert.equal(states(kernel), {
    a: 'running',
    maybe: 'running',
    one: 'running',
    asked: 'running',
    listener: 'running',
    stranger: 'planned',
  })
  assert.equal(
    kernel
      .closure(['asked'])
      .map(({ id }) => id)
      .toSorted(),
    ['a', 'asked', 'listener', 'maybe', 'one'],
  )
})

test('what was left out starts when it is asked for, and what runs stays', async () => {
  let starts = 0
  await using kernel = await opened([plain('first', () => void starts++), plain('second'), plain('third')])
  await kernel.start(['first'])
  await kernel.start(['second'])
  assert.equal(states(kernel), { first: 'running', second: 'running', third: 'planned' })
  await kernel.start()
  assert.equal(states(kernel), { first: 'running', second: 'running', third: 'running' })
  assert.is(starts, 1)
})

test('switching on is asking for it; edited settings ask for nothing', async () => {
  const plugins = [plain('first'), plain('off'), plain('left')]
  await using kernel = await opened(plugins, { off: ['off'] })
  await kernel.start(['first'])
  await kernel.plugins.enable('off')
  await kernel.apply(await settingsOf(plugins, {}))
  assert.equal(states(kernel), { first: 'running', off: 'running', left: 'planned' })
})

test('what is missing is told as ever', async () => {
  await using kernel = await opened([takes({ a: A }), plain('left')])
  await kernel.start(['asked'])
  const { plugin } = kernel.plugins.why('asked')
  assert.is(plugin.state, 'blocked')
  assert.match(plugin.reason?.en ?? '', 'a@1')
})

test('when a provider fails, the next one bound is what is needed', async () => {
  const failing = gives('b', A, () => {
    throw new Error('no')
  })
  await using kernel = await opened([gives('c', A), failing, takes({ a: A })], { bindings: { a: ['b', 'c'] } })
  await kernel.start(['asked'])
  assert.equal(states(kernel), { c: 'running', b: 'failed', asked: 'running' })
})

test.run()

async function opened(plugins: readonly TestPlugin[], options: Partial<TestKernelOptions> = {}): Promise<Kernel & AsyncDisposable> {
  const kernel = await openTestKernel({ clock: fakeClock(), ...options, plugins })
  return { ...kernel, [Symbol.asyncDispose]: () => kernel.stop() }
}

function plain(id: string, start: () => void = () => {}): TestPlugin {
  return testPlugin(id, definePlugin({ start }))
}

function gives(id: string, given: Token<string> | Slot<string>, start: () => void = () => {}): TestPlugin {
  const run = () => {
    start()
    return { given: id }
  }
  return testPlugin(id, definePlugin({ provides: { given }, start: run as never }))
}

function takes(needs: NonNullable<Plugin['needs']>, calls: Plugin['calls'] = []): TestPlugin {
  return testPlugin('asked', definePlugin({ needs, calls, start: () => {} }) as Plugin)
}

function states(kernel: Kernel): Record<string, string> {
  return Object.fromEntries(kernel.plugins.list().map(({ id, state }) => [id, state]))
}
