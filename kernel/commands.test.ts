import { definePlugin, isPalabreError, PalabreError, text, type JsonSchema, type Manifest, type Scope } from '@palabre/sdk'
import { Commands, reply, type CommandRun, type Reply } from '@palabre/sdk/contract/command'
import { Plugins } from '@palabre/sdk/contract/plugins'
import { fakeClock, openTestKernel, settled, startTestHost, testPlugin, type TestPlugin } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const title = text('title', 'titre')

test('arguments are checked, with defaults filled in, before the command runs', async () => {
  const seen: unknown[] = []
  const args: JsonSchema = {
    type: 'object',
    additionalProperties: false,
    required: ['name'],
    properties: { name: { type: 'string' }, times: { type: 'integer', default: 1 } },
  }
  await using host = await startTestHost({ plugins: [commander('a', (given) => (seen.push(given), reply(given)), { args })] })
  assert.equal((await host.commands.run('a.run', { name: 'Awa' })).data, { name: 'Awa', times: 1 })
  assert.equal((await host.commands.run('a.run', { name: 'Awa', times: undefined })).data, { name: 'Awa', times: 1 })

  const wrong: [object, en: string, fr: string][] = [
    [{}, 'a.run: "name" is missing', 'a.run : « name » manque'],
    [{ name: 1 }, 'a.run: name must be string, and is number', 'a.run : name doit être string, et est number'],
    [{ name: 'x', tims: 2 }, 'a.run: tims is not a known key; did you mean "times"?', 'vouliez-vous dire « times »'],
    [JSON.parse('{"name":"x","__proto__":{"a":1}}') as object, 'a.run: __proto__ is a forbidden key', 'une clé interdite'],
  ]
  for (const [given, en, fr] of wrong) {
    const error = await failure(host.commands.run('a.run', given))
    assert.is(error.code, 'bad-argument')
    assert.match(error.text.en, en)
    assert.match(error.text.fr, fr)
  }
  assert.is(seen.length, 2)
})

test('a command without a schema takes no arguments', async () => {
  await using host = await startTestHost({ plugins: [commander('a', () => reply(1))] })
  assert.is((await failure(host.commands.run('a.run', { x: 1 }))).code, 'bad-argument')
  assert.is((await host.commands.run('a.run')).data, 1)
})

test('an unknown command names the nearest', async () => {
  await using host = await startTestHost({ plugins: [commander('alpha', () => reply(1))] })
  const error = await failure(host.commands.run('alpa.run'))
  assert.is(error.code, 'unknown-command')
  assert.match(error.todo!.en, 'Did you mean "alpha.run"?')
})

test('of two that bring a command to different hosts, the one made for this host is named when neither runs', async () => {
  const page = testPlugin('a-page', definePlugin({ start() {} }), { hosts: ['web'], commands: [{ id: 'a.run', title }] })
  await using host = await startTestHost({ plugins: [page, commander('a', () => reply(1))] })
  await host.plugins.disable('a')
  assert.match((await failure(host.commands.run('a.run'))).text.en, 'comes with the plugin a,')
})

test('a command of a plugin that does not run says why and what to do', async () => {
  await using host = await startTestHost({ plugins: [commander('a', () => reply(1)), bare('quiet')] })
  await host.plugins.disable('a')
  const error = await failure(host.commands.run('a.run'))
  assert.is(error.code, 'switched-off')
  assert.is(error.text.en, '"a.run" comes with the plugin a, which does not run: a is switched off')
  assert.match(error.todo!.en, 'palabre plugins enable a')
  assert.equal(
    host.commands.list().map(({ id, available }) => ({ id, available })),
    [
      { id: 'a.run', available: false },
      { id: 'quiet.run', available: false },
    ],
  )
  const idle = await failure(host.commands.run('quiet.run'))
  assert.match(idle.text.en, 'quiet, which runs and does not offer it now')
})

test('replies come as they are made, and `run` gives the last', async () => {
  const steps: string[] = []
  const plugin = commander('a', async function* () {
    for (const step of [1, 2, 3]) {
      steps.push(`make ${step}`)
      yield reply(step)
    }
  })
  await using host = await startTestHost({ plugins: [plugin] })
  for await (const { data } of host.commands.stream('a.run')) steps.push(`take ${String(data)}`)
  assert.equal(steps, ['make 1', 'take 1', 'make 2', 'take 2', 'make 3', 'take 3'])
  assert.is((await host.commands.run('a.run')).data, 3)
})

test('who stops reading ends the command', async () => {
  let cleaned = false
  const plugin = commander('a', async function* () {
    try {
      while (true) yield reply(1)
    } finally {
      await settled()
      cleaned = true
    }
  })
  await using host = await startTestHost({ plugins: [plugin] })
  for await (const _ of host.commands.stream('a.run')) break
  assert.ok(cleaned, 'and waits until it has ended')
})

test('an aborted command may end in its own way', async () => {
  const plugin = commander('a', async function* (_, { signal }) {
    yield reply('begun')
    assert.ok(signal.aborted)
    yield reply('ended well')
  })
  await using host = await startTestHost({ plugins: [plugin] })
  const controller = new AbortController()
  const seen: unknown[] = []
  for await (const { data } of host.commands.stream('a.run', {}, { signal: controller.signal })) {
    seen.push(data)
    controller.abort()
  }
  assert.equal(seen, ['begun', 'ended well'])
  assert.is(host.clock.waiting, 0)
})

test('a signal that outlives its command leads nowhere', async () => {
  await using host = await startTestHost({ plugins: [commander('a', () => reply(1))] })
  const controller = new AbortController()
  await host.commands.run('a.run', {}, { signal: controller.signal })
  controller.abort()
  assert.is(host.clock.waiting, 0)
})

test('a plugin that is stopping takes no more commands', async () => {
  const clock = fakeClock()
  let runs = 0
  const slow = testPlugin(
    'slow',
    definePlugin({
      start(_, scope) {
        scope.command('slow.run', () => reply(runs++))
        scope.onStop(() => clock.sleep(100))
      },
    }),
    { commands: [{ id: 'slow.run', title }] },
  )
  const kernel = await openTestKernel({ clock, plugins: [slow] })
  await kernel.start()
  const disabling = kernel.plugins.disable('slow')
  await clock.advance(50)
  assert.is((await failure(kernel.commands.run('slow.run'))).code, 'switched-off')
  assert.is(runs, 0)
  await clock.advance(50)
  await disabling
  await kernel.stop()
})

test('a caller that has gone is not kept waiting by a command that does not listen', async () => {
  const clock = fakeClock()
  const kernel = await openTestKernel({ clock, plugins: [commander('a', () => new Promise(() => {}))] })
  await kernel.start()
  const controller = new AbortController()
  const running = failure(kernel.commands.run('a.run', {}, { signal: controller.signal }))
  await settled()
  controller.abort()
  await clock.advance(2_000)
  const error = await running
  assert.is(error.code, 'cancelled')
  assert.is(error.text.en, '"a.run" was cancelled')
  assert.is(clock.waiting, 0)
  const before = await failure(kernel.commands.run('a.run', {}, { signal: AbortSignal.abort() }))
  assert.is(before.code, 'cancelled')
  await kernel.stop()
})

test('a command that throws what its signal says was cancelled and did not fail', async () => {
  const plugin = commander('a', async (_, { signal }) => {
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    signal.throwIfAborted()
    return reply(1)
  })
  await using host = await startTestHost({ plugins: [plugin] })
  const controller = new AbortController()
  const running = failure(host.commands.run('a.run', {}, { signal: controller.signal }))
  await settled()
  controller.abort()
  assert.is((await running).code, 'cancelled')
})

test('when its plugin stops, a running command is told; one that does not listen is left behind', async () => {
  const clock = fakeClock()
  let told = false
  const plugin = commander('a', (_, { signal }) => {
    signal.addEventListener('abort', () => (told = true))
    return new Promise(() => {})
  })
  const kernel = await openTestKernel({ clock, plugins: [plugin] })
  await kernel.start()
  const running = failure(kernel.commands.run('a.run'))
  await settled()
  await kernel.plugins.disable('a')
  assert.ok(told)
  await clock.advance(7_000)
  assert.is((await running).code, 'cancelled')
  assert.is(clock.waiting, 0)
  await kernel.stop()
})

test('a plugin may switch itself off by its own command, and its answer arrives', async () => {
  let plugins!: Plugins
  const own = testPlugin(
    'own',
    definePlugin({
      needs: { plugins: Plugins },
      start(needs, scope) {
        plugins = needs.plugins
        scope.command('own.off', async () => reply((await plugins.disable('own')).state))
      },
    }),
    { commands: [{ id: 'own.off', title }] },
  )
  await using host = await startTestHost({ plugins: [own] })
  assert.is((await host.commands.run('own.off')).data, 'disabled')
  assert.is((await failure(host.commands.run('own.off'))).code, 'switched-off')
})

test('two plugins with one command: the second is refused by name, the first goes on', async () => {
  const command = { id: 'shared.run', title }
  const brings = (id: string) =>
    testPlugin(id, definePlugin({ start: (_, scope) => void scope.command('shared.run', () => reply(id)) }), {
      commands: [command],
    })
  await using host = await startTestHost({ plugins: [brings('one'), brings('two')] })
  assert.is((await host.commands.run('shared.run')).data, 'one')
  const { state, reason, todo } = host.plugins.why('two').plugin
  assert.is(state, 'quarantined')
  assert.is(reason!.en, 'two brings the command "shared.run", which one brings already')
  assert.match(todo!.en, 'Switch off one or two')
  await host.plugins.disable('one')
  await host.plugins.enable('two')
  assert.is((await host.commands.run('shared.run')).data, 'two')
})

test('what a command throws is told with the command and the plugin; an answer that is none too', async () => {
  const own = new PalabreError('unreachable', text('nobody answers', 'personne ne répond'))
  const runs: [CommandRun<never>, code: string, said: string][] = [
    [() => Promise.reject(new Error('no disk')), 'plugin-failed', '"a.run" failed in the plugin a: no disk'],
    [
      () => {
        throw new Error('no disk')
      },
      'plugin-failed',
      '"a.run" failed in the plugin a: no disk',
    ],
    [() => Promise.reject(own), 'unreachable', 'nobody answers'],
    [() => undefined as unknown as Reply, 'plugin-failed', '"a.run" gave an answer that is no reply'],
    [() => 'text' as unknown as Reply, 'plugin-failed', '"a.run" gave an answer that is no reply'],
  ]
  for (const [run, code, said] of runs) {
    await using host = await startTestHost({ plugins: [commander('a', run)] })
    const error = await failure(host.commands.run('a.run'))
    assert.equal([error.code, error.text.en], [code, said])
  }
})

test('a command can be had by other plugins through the token', async () => {
  let answer: unknown
  const asks = testPlugin(
    'asks',
    definePlugin({
      needs: { commands: Commands },
      start: ({ commands }, scope: Scope) => void scope.after(1, async () => void (answer = (await commands.run('a.run')).data)),
    }),
  )
  await using host = await startTestHost({ plugins: [asks, commander('a', () => reply(42))] })
  await host.clock.advance(1)
  assert.is(answer, 42)
})

test.run()

function commander(id: string, run: CommandRun<never>, spec: Partial<Manifest['commands'][number]> = {}): TestPlugin {
  const plugin = definePlugin({ start: (_, scope) => void scope.command(`${id}.run`, run as CommandRun<object>) })
  return testPlugin(id, plugin, { commands: [{ id: `${id}.run`, title, ...spec }] })
}

/** Describes a command and gives it no code. */
function bare(id: string): TestPlugin {
  return testPlugin(id, definePlugin({ start() {} }), { commands: [{ id: `${id}.run`, title }] })
}

async function failure(running: Promise<unknown>): Promise<PalabreError> {
  const error = await running.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  assert.ok(isPalabreError(error), `failed with ${String(error)}`)
  return error as PalabreError
}
