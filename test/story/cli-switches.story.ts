// limit: 600 s
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { GraphEdge, HookFlow, PluginInfo } from '@palabre/sdk/contract/plugins'
import { newPerson, repository, type CliProcess, type Person } from './cli-process.ts'

/** What a host is made of at one moment. */
interface Sight {
  readonly plugins: readonly PluginInfo[]
  readonly graph: readonly GraphEdge[]
  readonly flow: readonly HookFlow[]
  /** The commands that can be run now. */
  readonly commands: readonly { id: string; plugin: string }[]
}

/** A plugin that answers SIGUSR2 with what it sees of the host it runs in. */
const eye = {
  'eye/manifest.json': {
    id: 'eye',
    version: '1.0.0',
    engines: { palabre: '^0.1.0' },
    title: { en: 'Eye', fr: 'Œil' },
    hosts: ['cli'],
    needs: ['plugins@1', 'commands@1'],
  },
  'eye/index.ts': `import { definePlugin } from '@palabre/sdk'
import { Commands } from '@palabre/sdk/contract/command'
import { Plugins } from '@palabre/sdk/contract/plugins'
export const plugin = definePlugin({
  needs: { plugins: Plugins, commands: Commands },
  start({ plugins, commands }, scope) {
    const look = () => {
      const live = commands.list().filter(({ available }) => available).map(({ id, plugin }) => ({ id, plugin }))
      const sight = { plugins: plugins.list(), graph: plugins.graph(), flow: plugins.flow(), commands: live }
      process.stdout.write(JSON.stringify({ sight }) + '\\n')
    }
    process.on('SIGUSR2', look)
    scope.onStop(() => void process.off('SIGUSR2', look))
  },
})
`,
}
/** Without a reserve: what another one takes over is not gone. */
const shipped = { 'example-greeter': true, 'example-doorbell': true, 'primitives-noble': false, eye: { from: '../eye' } }

async function lookInto(run: CliProcess): Promise<Sight> {
  const before = sightsIn(run.said()).length
  run.signal('SIGUSR2')
  const said = await run.says((now) => sightsIn(now).length > before)
  const { sight } = JSON.parse(sightsIn(said).at(-1)!) as { sight: Sight }
  return sight
}

function sightsIn(said: string): string[] {
  const whole = said.slice(0, said.lastIndexOf('\n') + 1)
  return whole.split('\n').filter((line) => line.startsWith('{"sight"'))
}

/** Looks again and again until it is so; the story's own limit ends what never becomes so. */
async function until(run: CliProcess, isSo: (sight: Sight) => boolean): Promise<Sight> {
  for (;;) {
    const sight = await lookInto(run)
    if (isSo(sight)) return sight
  }
}

/** Everything that stays the same when a plugin is switched off and on again; times and problems do not. */
function lasting({ plugins, flow, commands }: Sight) {
  return {
    plugins: plugins.map(({ id, state, holds, config, reason }) => ({ id, state, holds, config, reason })),
    flow: flow
      .map(({ hook, callers, taps }) => ({ hook, callers: callers.toSorted(), taps }))
      .filter(({ callers, taps }) => callers.length + taps.length > 0)
      .toSorted((a, b) => a.hook.localeCompare(b.hook)),
    commands: commands.map(({ id }) => id).toSorted(),
  }
}
const stateIn = ({ plugins }: Sight, id: string) => plugins.find((plugin) => plugin.id === id)?.state

/** Who needs it, directly or through others, as it was when all ran. */
function dependentsOn(id: string, all: Sight): string[] {
  const { graph } = all
  const on = new Set(runningIn(all))
  const direct = graph.filter(({ from, to, kind }) => to === id && kind === 'needs' && on.has(from)).map(({ from }) => from)
  return [...new Set(direct.flatMap((one) => [one, ...dependentsOn(one, all)]))]
}

/** Made for the same contract and off too: the reason may name one of them in its place. */
function likesOf(id: string): string[] {
  const made = readdirSync(join(repository, 'plugins'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => [name, providedBy(name)] as const)
  const single = providedBy(id).filter((label) => !label.endsWith('[]'))
  return made.filter(([name, labels]) => name !== id && single.some((label) => labels.includes(label))).map(([name]) => name)
}

function providedBy(id: string): readonly string[] {
  const manifest = readFileSync(join(repository, 'plugins', id, 'manifest.json'), 'utf8')
  return (JSON.parse(manifest) as { provides?: readonly string[] }).provides ?? []
}

function assertGone(id: string, off: Sight, all: Sight): void {
  const gone = [id, ...dependentsOn(id, all)]
  for (const one of gone) {
    const { state, holds, reason } = off.plugins.find((plugin) => plugin.id === one)!
    assert.is(state, one === id ? 'disabled' : 'blocked', one)
    assert.equal(
      Object.values(holds).filter((count) => count > 0),
      [],
      one,
    )
    assert.ok(
      [id, ...likesOf(id)].some((name) => reason!.en.includes(name)),
      reason!.en,
    )
    assert.not(
      off.commands.some(({ plugin }) => plugin === one),
      `commands of ${one}`,
    )
    assert.not(
      off.flow.some(({ callers, taps }) => callers.includes(one) || taps.some(({ plugin }) => plugin === one)),
      `hooks of ${one}`,
    )
  }
  for (const other of all.plugins.filter((plugin) => !gone.includes(plugin.id))) {
    const now = off.plugins.find((plugin) => plugin.id === other.id)!
    // Those who only watch what left hold less.
    assert.equal([now.state, now.holds.commands], [other.state, other.holds.commands], other.id)
  }
}

function runningIn({ plugins }: Sight): string[] {
  return plugins.filter(({ id, state }) => state === 'running' && id !== 'eye').map(({ id }) => id)
}

const ways: Record<string, (person: Person, id: string, on: boolean) => void | Promise<unknown>> = {
  'by the command of a second process': (person, id, on) => person.palabre('plugins', on ? 'enable' : 'disable', id),
  'by writing plugins.json in place': (person, id, on) => writeFileSync(person.settings, withSwitch(person, id, on)),
  'by an editor that replaces plugins.json': (person, id, on) => {
    writeFileSync(`${person.settings}~`, withSwitch(person, id, on))
    renameSync(`${person.settings}~`, person.settings)
  },
}

function withSwitch(person: Person, id: string, on: boolean): string {
  const { plugins } = JSON.parse(readFileSync(person.settings, 'utf8')) as { plugins: Record<string, boolean | object> }
  const was = plugins[id]
  return JSON.stringify({ plugins: { ...plugins, [id]: typeof was === 'object' ? { ...was, enabled: on } : on } }, null, 2)
}

for (const [way, turn] of Object.entries(ways)) {
  test(`while run is up, every plugin goes with all it brought and comes back with all, ${way}`, async () => {
    await using person = newPerson({ plugins: shipped })
    person.write(eye)
    const run = person.start(['run', '--json'])
    await run.says('"running":[')
    const all = await lookInto(run)
    const set = runningIn(all)
    assert.ok(set.includes('plugin-manager') && set.includes('example-doorbell') && set.length >= 5)
    for (const id of set) {
      assert.is(stateIn(all, id), 'running')
      await turn(person, id, false)
      assertGone(id, await until(run, (sight) => stateIn(sight, id) === 'disabled'), all)
      await turn(person, id, true)
      const back = await until(run, (sight) => sight.plugins.every(({ id: one, state }) => state === stateIn(all, one)))
      assert.equal(lasting(back), lasting(all), id)
    }
    run.signal('SIGINT')
    const { code, err } = await run.ended
    assert.is(code, 0)
    assert.equal(
      err.split('\n').filter((line) => /\berror\b/.test(line)),
      [],
    )
  })
}

test('each switch is told, dependents first on the way down and last on the way up', async () => {
  await using person = newPerson({ plugins: shipped })
  person.write(eye)
  const run = person.start(['run'])
  await run.says('Running: ')
  await person.palabre('plugins', 'disable', 'clock-system')
  await run.says('clock-system: off')
  await person.palabre('plugins', 'enable', 'clock-system')
  await run.says(/example-doorbell: running\n/)
  const told = run.said()
  const places = [
    'example-doorbell: stopping',
    'example-doorbell: blocked, example-doorbell needs clock-system',
    'clock-system: stopping',
    'clock-system: off, clock-system is switched off',
    'clock-system: running',
    'example-doorbell: running',
  ].map((line) => told.indexOf(line))
  assert.not(places.includes(-1), told)
  assert.match(told, '  Switch it on: palabre plugins enable clock-system')
})

/** Verbs of the host that share their word with a group. */
const ofTheHost = ['relay', 'demo']

/** The first words of its commands; two plugins, or a plugin and the host, may share one. */
const groupsOf = ({ commands }: PluginInfo) => [...new Set(commands.map(({ id }) => id.split('.')[0]!))]

test('for good: in the next process the plugin is off with all it brought, and after enable it is back', async () => {
  await using person = newPerson({ plugins: { 'example-greeter': true, 'example-doorbell': true } })
  const see = async () => JSON.parse((await person.palabre('--json')).out).plugins as PluginInfo[]
  const before = await see()
  const on = before.filter(({ state }) => state !== 'disabled')
  // Of those without commands one stands for all: the next process shows no more of them, and each was switched in a running host.
  for (const plugin of [...on.filter(({ commands }) => commands.length > 0), on.find(({ commands }) => commands.length === 0)!]) {
    const { id, commands } = plugin
    assert.is((await person.palabre('plugins', 'disable', id)).code, 0)
    const now = await see()
    const off = now.find((plugin) => plugin.id === id)!
    // `palabre relay` is the host's own.
    const others = ['relay', ...now.filter(({ state }) => !['disabled', 'blocked'].includes(state)).flatMap(groupsOf)]
    assert.equal([off.state, Object.values(off.holds).some((count) => count > 0)], ['disabled', false])
    const help = (await person.palabre('--help')).out
    for (const group of groupsOf(plugin).filter((one) => !others.includes(one) && !ofTheHost.includes(one))) {
      assert.not.match(help, new RegExp(`^  ${group} `, 'm'), `${group} of ${id}`)
    }
    if (commands[0] !== undefined) {
      const refused = await person.palabre(...commands[0].id.split('.'), 'x')
      assert.is(refused.code, 2)
    }
    assert.is((await person.palabre('plugins', 'enable', id)).code, 0)
    const states = (plugins: PluginInfo[]) => plugins.map((plugin) => [plugin.id, plugin.state, plugin.holds])
    assert.equal(states(await see()), states(before))
  }
})

test.run()
