import { definePlugin, isPalabreError, languages, token, waterfallHook, type JsonSchema, type Language } from '@palabre/sdk'
import type { Reply } from '@palabre/sdk/contract/command'
import type { GraphEdge, PluginInfo, Why } from '@palabre/sdk/contract/plugins'
import { settled, startTestHost, testPlugin, type TestHost } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const Bread = token<{ slices: number }>('bread')
const Spread = waterfallHook<string>('spread')
const title = (en: string, fr: string) => ({ 'x-title': { en, fr } })
const config: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    slices: { type: 'integer', minimum: 1, default: 8, ...title('How many slices', 'Combien de tranches') },
    crust: { enum: ['soft', 'hard'], default: 'soft', ...title('The crust', 'La croûte') },
    oven: {
      type: 'object',
      default: {},
      properties: { heat: { type: 'integer', default: 220 }, fan: { type: 'boolean', default: false } },
    },
  },
}

const baker = testPlugin(
  'baker',
  definePlugin({
    provides: { bread: Bread },
    calls: [Spread],
    start: (_, scope) => (scope.hook(Spread), { bread: { slices: 8 } }),
  }),
  { config },
)
const eater = testPlugin(
  'eater',
  definePlugin({
    needs: { bread: Bread },
    taps: [Spread],
    start: (_, scope) => void scope.tap(Spread, (on) => on, { stage: 'late' }),
  }),
)
const guest = testPlugin('guest', definePlugin({ needs: { bread: Bread }, start() {} }))
const burnt = testPlugin(
  'burnt',
  definePlugin({
    start: () => {
      throw new Error('too hot')
    },
  }),
)

const webby = testPlugin('webby', definePlugin({ start() {} }), { hosts: ['web', 'desktop'] })

const zebra = testPlugin('zebra', definePlugin({ start() {} }))

const open = () => startTestHost({ plugins: [import.meta.dirname, baker, eater, guest] })
type Host = TestHost<Record<never, never>>
const run = (host: Host, id: string, args: object = {}) => host.commands.run(`plugins.${id}`, args)
const say = (reply: Reply, language: Language) => reply.text![language]
const refused = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  assert.ok(isPalabreError(error))
  return error
}

test('list names every plugin with its state and title, those that run first, and can choose by state', async () => {
  await using host = await open()
  await host.plugins.disable('guest')
  const reply = await run(host, 'list')
  assert.equal(
    (reply.data as PluginInfo[]).map(({ id }) => id).toSorted(),
    host.plugins
      .list()
      .map(({ id }) => id)
      .toSorted(),
  )
  assert.match(say(reply, 'en'), /^● running +baker +baker$/m)
  assert.match(say(reply, 'fr'), /^● en marche +baker +baker$/m)
  assert.match(say(reply, 'fr').split('\n').at(-1)!, /^○ désactivé +guest +guest$/)
  const off = await run(host, 'list', { state: 'disabled' })
  assert.equal(
    (off.data as PluginInfo[]).map(({ id }) => id),
    ['guest'],
  )
  assert.is((await refused(run(host, 'list', { state: 'asleep' }))).code, 'bad-argument')
})

test('list says for which hosts a plugin is made that is not made for this one', async () => {
  await using host = await startTestHost({ plugins: [import.meta.dirname, webby, zebra] })
  await host.plugins.disable('zebra')
  const reply = await run(host, 'list')
  assert.match(say(reply, 'en').split('\n').at(-1)!, /^○ for web, desktop +webby +webby$/)
  assert.match(say(reply, 'fr'), /^○ pour web, desktop +webby +webby$/m)
})

test('list gives the reason of what does not run', async () => {
  await using host = await startTestHost({ plugins: [import.meta.dirname, burnt] })
  const reply = await run(host, 'list')
  assert.match(say(reply, 'en'), /^▲ failed +burnt +burnt did not start: too hot$/m)
  assert.match(say(reply, 'fr'), /^▲ en échec +burnt +burnt n’a pas démarré : too hot$/m)
})

test('graph shows who uses whom, all or around one plugin', async () => {
  await using host = await open()
  const all = await run(host, 'graph')
  assert.ok((all.data as GraphEdge[]).length > 2)
  const around = await run(host, 'graph', { plugin: 'eater' })
  assert.equal(around.data, [{ from: 'eater', to: 'baker', token: 'bread@1', kind: 'needs' }])
  assert.is(say(around, 'en'), 'eater  needs  baker  (bread@1)')
  assert.is(say(around, 'fr'), 'eater  a besoin de  baker  (bread@1)')
  assert.is((await refused(run(host, 'graph', { plugin: 'eatr' }))).todo!.fr, 'Vouliez-vous dire « eater » ?')
})

test('why says what a plugin needs, who needs it, and what blocks it', async () => {
  await using host = await open()
  const bread = await run(host, 'why', { plugin: 'baker' })
  assert.equal([...(bread.data as Why).neededBy].toSorted(), ['eater', 'guest'])
  assert.match(say(bread, 'en'), /^baker — baker — running\n {2}Would stop with it: (?:eater, guest|guest, eater)$/)
  assert.match(say(bread, 'fr'), 'S’arrêteraient avec lui')

  await host.plugins.disable('baker')
  const hungry = await run(host, 'why', { plugin: 'eater' })
  assert.match(say(hungry, 'en'), /^eater — eater — blocked\n {2}eater needs baker for bread@1: baker is switched off\n/)
  assert.match(
    say(hungry, 'en'),
    '  What to do: Switch it on: palabre plugins enable baker\n  Blocked by: eater ← baker\n  Needs bread@1: baker (not running)',
  )
  assert.match(
    say(hungry, 'fr'),
    '  Que faire : Activez-le : palabre plugins enable baker\n  Bloqué par : eater ← baker\n  A besoin de bread@1 : baker (à l’arrêt)',
  )
  assert.is((await refused(run(host, 'why'))).code, 'bad-argument')
  assert.is((await refused(run(host, 'why', { plugin: 'nobody' }))).code, 'unknown-plugin')
})

test('flow shows who stands at which hook', async () => {
  await using host = await open()
  const reply = await run(host, 'flow')
  assert.equal(reply.data, [{ hook: 'spread@1', callers: ['baker'], taps: [{ plugin: 'eater', stage: 'late' }] }])
  for (const language of languages) assert.is(say(reply, language), 'spread@1: baker → eater (late)')
  await using empty = await startTestHost({ plugins: [import.meta.dirname] })
  assert.equal((await run(empty, 'flow')).text, {
    en: 'No plugin stands at any hook.',
    fr: 'Aucun plugin ne se tient à un crochet.',
  })
})

test('profile lists times with a head in both languages, the slowest first', async () => {
  await using host = await open()
  const reply = await run(host, 'profile')
  const totals = (reply.data as { total: number }[]).map(({ total }) => total)
  assert.equal(
    totals,
    totals.toSorted((a, b) => b - a),
  )
  assert.match(say(reply, 'en'), /^plugin +import +start +total/)
  assert.match(say(reply, 'fr'), /^plugin +import +démarrage +total/)
})

test('disable and enable say what happened, and to whom else', async () => {
  await using host = await open()
  const off = await run(host, 'disable', { plugin: 'baker' })
  assert.is((off.data as PluginInfo).state, 'disabled')
  assert.match(say(off, 'en'), /^baker: off \(2 plugins that need it stopped too: (?:eater, guest|guest, eater)\)$/)
  assert.match(say(off, 'fr'), /^baker : désactivé \(2 plugins qui en ont besoin se sont arrêtés aussi : /)
  assert.is(host.plugins.why('eater').plugin.state, 'blocked')
  const on = await run(host, 'enable', { plugin: 'baker' })
  assert.equal(on.text, { en: 'baker: running', fr: 'baker : en marche' })
  await settled()
  assert.is(host.plugins.why('eater').plugin.state, 'running')
  assert.equal((await run(host, 'disable', { plugin: 'guest' })).text, { en: 'guest: off', fr: 'guest : désactivé' })
  for (const id of ['enable', 'disable']) {
    assert.is((await refused(run(host, id, { plugin: 'bakr' }))).todo!.en, 'Did you mean "baker"?')
    assert.is((await refused(run(host, id))).code, 'bad-argument')
  }
})

test('config shows the settings, and changes them by words, by an object, and deep inside', async () => {
  await using host = await open()
  const shown = await run(host, 'config', { plugin: 'baker' })
  assert.equal(shown.data, { slices: 8, crust: 'soft', oven: { heat: 220, fan: false } })
  assert.match(say(shown, 'en'), /^slices=8 +How many slices +integer\ncrust="soft" +The crust +soft \| hard$/m)
  assert.match(say(shown, 'fr'), /^slices=8 +Combien de tranches +integer$/m)

  const change = async (args: object) => (await run(host, 'config', { plugin: 'baker', ...args })).data
  assert.equal(await change({ changes: ['slices=12', 'oven.heat=250'] }), {
    slices: 12,
    crust: 'soft',
    oven: { heat: 250, fan: false },
  })
  assert.equal(await change({ set: { crust: 'hard' }, changes: ['oven.fan=true'] }), {
    slices: 12,
    crust: 'hard',
    oven: { heat: 250, fan: true },
  })
  assert.equal((await run(host, 'config', { plugin: 'guest' })).text, {
    en: 'guest has no settings.',
    fr: 'guest n’a pas de réglages.',
  })
})

test('config refuses what the schema refuses, and nothing has changed', async () => {
  await using host = await open()
  for (const [changes, en] of [
    [['slices=0'], /^baker: slices must be at least 1$/],
    [['slices=many'], /^baker: slices must be integer, and is string$/],
    [['crust=burnt'], /^baker: crust must be "soft" or "hard"$/],
    [['slice=3'], /^baker: slice is not a known key; did you mean "slices"\?$/],
    [['slices=3', 'crust='], /^baker: crust /],
  ] as const) {
    const error = await refused(run(host, 'config', { plugin: 'baker', changes }))
    assert.is(error.code, 'bad-settings')
    assert.match(error.text.en, en)
    assert.is(error.todo!.fr, 'Voyez : palabre plugins config baker')
  }
  for (const args of [{ changes: ['a.__proto__.b=1'] }, { set: JSON.parse('{"__proto__":{"b":1}}') as object }]) {
    const { code, text } = await refused(run(host, 'config', { plugin: 'baker', ...args }))
    assert.is(code, 'bad-argument')
    for (const language of languages) assert.match(text[language], '__proto__')
  }
  assert.is((await refused(run(host, 'config', { plugin: 'bakr', changes: ['slices=3'] }))).code, 'unknown-plugin')
  assert.equal((await run(host, 'config', { plugin: 'baker' })).data, { slices: 8, crust: 'soft', oven: { heat: 220, fan: false } })
})

test('watch follows changes as they happen, with their reason, until it is told to stop', async () => {
  await using host = await open()
  const enough = new AbortController()
  const said: string[] = []
  const watching = (async () => {
    for await (const { text } of host.commands.stream('plugins.watch', {}, { signal: enough.signal }))
      said.push(`${text!.en} | ${text!.fr}`)
  })()
  await settled()
  await host.plugins.disable('baker')
  await settled()
  assert.ok(said.includes('baker: off, baker is switched off | baker : désactivé, baker est désactivé'))
  assert.ok(said.some((line) => line.startsWith('eater: blocked, eater needs baker for bread@1')))
  const before = said.length
  enough.abort()
  await watching
  await host.plugins.enable('baker')
  assert.is(said.length, before)
})

test('a watch ends with its plugin, and says so', async () => {
  await using host = await open()
  const watching = (async () => {
    for await (const _ of host.commands.stream('plugins.watch')) void _
  })().catch((error: unknown) => error)
  await settled()
  await host.plugins.disable('plugin-manager')
  const error = await watching
  assert.ok(isPalabreError(error) && error.code === 'switched-off' && error.plugin === 'plugin-manager', String(error))
})

test('switched off, all its commands are gone and say how they come back', async () => {
  await using host = await open()
  const ids = host.commands
    .list()
    .filter(({ plugin }) => plugin === 'plugin-manager')
    .map(({ id }) => id)
  assert.is(ids.length, 9)
  await host.plugins.disable('plugin-manager')
  for (const id of ids) {
    const error = await refused(host.commands.run(id, { plugin: 'baker' }))
    assert.is(error.code, 'switched-off')
    assert.is(error.todo!.en, 'Switch it on: palabre plugins enable plugin-manager')
  }
  await host.plugins.enable('plugin-manager')
  assert.is((await run(host, 'list')).text!.en.includes('baker'), true)
})

test.run()
