import type { Kernel } from '@palabre/kernel'
import { makePlan } from '@palabre/kernel/inside'
import { definePlugin, optional, text, token, type Scope } from '@palabre/sdk'
import {
  fakeClock,
  openTestKernel,
  seededRandom,
  settingsOf,
  testPlugin,
  type SeededRandom,
  type TestPlugin,
} from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const count = 30
const steps = 60

/** How a plugin behaves from now on; the storm changes it. */
interface Mood {
  startFails: boolean
  stopFails: boolean
  startTakes: number
  stopTakes: number
}

for (const seed of [1, 2, 3, 4, 5, 6]) {
  test(`whatever is switched, broken or changed at once, everything comes to the rest that the plan says (seed ${seed})`, () =>
    storm(seed))
}

test.run()

async function storm(seed: number): Promise<void> {
  const strays: unknown[] = []
  const onStray = (error: unknown) => void strays.push(error)
  process.on('unhandledRejection', onStray)
  const random = seededRandom(seed)
  const weather = gather(random)
  const { plugins, moods, crash, lives, clock, wrongs } = weather
  const bindings = () => Object.fromEntries(shared.map((name) => [name, shuffled(random, makersOf(plugins, name)).slice(0, 2)]))
  let bound = bindings()
  const kernel = await openTestKernel({ plugins, clock, bindings: bound })
  kernel.plugins.watch(() => void wrongs.push(...brokenBonds(kernel, plugins)))
  const going: Promise<unknown>[] = [kernel.start()]

  for (let step = 0; step < steps; step++) {
    for (let gust = random.below(4); gust >= 0; gust--) {
      const { id } = random.pick(plugins).manifest
      const mood = moods.get(id)!
      const action = random.below(9)
      if (action < 3) going.push(kernel.plugins.disable(id))
      else if (action < 6) going.push(kernel.plugins.enable(id).catch(() => undefined))
      else if (action === 6) going.push(kernel.plugins.configure(id, { n: random.below(5) }).catch(() => undefined))
      else if (action === 7) crash.get(id)?.(new Error('storm'))
      else if (random.below(4) === 0) {
        bound = bindings()
        const off = plugins.map((one) => one.manifest.id).filter(() => random.below(3) === 0)
        going.push(kernel.apply(await settingsOf(plugins, { bindings: bound, off })))
      } else {
        mood.startFails = random.below(4) === 0
        mood.stopFails = random.below(4) === 0
        mood.startTakes = random.pick([0, 0, 10, 300, 20_000])
        mood.stopTakes = random.pick([0, 0, 10, 300, 20_000])
      }
    }
    await clock.advance(random.pick([0, 1, 100, 2_000]))
    if (step % 10 === 9) {
      await clock.advance(120_000)
      await Promise.all(going.splice(0))
      assert.equal(wrongs, [])
      checkRest(kernel, plugins, lives, bound, `seed ${seed}, step ${step}`)
    }
  }

  const stopping = kernel.stop()
  await clock.advance(300_000)
  await stopping
  assert.equal([...new Set(Object.values(states(kernel)))], ['stopped'])
  assert.equal(
    [...lives].filter(([, running]) => running > 0),
    [],
  )
  assert.is(clock.waiting, 0)
  process.off('unhandledRejection', onStray)
  assert.equal(strays, [])
}

/** Some tokens have one provider, some several. */
const shared = ['s0', 's1', 's2']

function gather(random: SeededRandom) {
  const clock = fakeClock()
  const moods = new Map<string, Mood>()
  const crash = new Map<string, Scope['fail']>()
  /** How many runs of each plugin are alive: never more than one. */
  const lives = new Map<string, number>()
  const wrongs: string[] = []
  const plugins = Array.from({ length: count }, (_, i): TestPlugin => {
    const id = `p${i}`
    // Only busy plugins bring a command; the others may stand by.
    const busy = random.below(2) === 0
    const mood: Mood = { startFails: false, stopFails: false, startTakes: 0, stopTakes: 0 }
    moods.set(id, mood)
    const earlier = Array.from({ length: Math.min(2, random.below(3)) }, () => `t${random.below(Math.max(1, i))}`).filter(
      () => i > 0,
    )
    const wants = [...new Set([...earlier, ...(random.below(3) === 0 ? [random.pick(shared)] : [])])]
    const mine = [`t${i}`, ...(random.below(4) === 0 ? [random.pick(shared)] : [])]
    const needs = Object.fromEntries(wants.map((name) => [name, token<string>(name)]))
    const maybe = { maybe: optional(token<string>(`t${random.below(count)}`)) }
    const provides = Object.fromEntries(mine.map((name) => [name, token<string>(name)]))
    const start = async (lent: Record<string, unknown>, scope: Scope) => {
      for (const name of wants) if (typeof lent[name] !== 'string') wrongs.push(`${id} starts without ${name}`)
      ;(lent['maybe'] as { watch(fn: () => () => void): void }).watch(() => () => {})
      lives.set(id, (lives.get(id) ?? 0) + 1)
      if (lives.get(id) !== 1) wrongs.push(`${id} runs twice`)
      scope.onStop(() => void lives.set(id, lives.get(id)! - 1))
      scope.every(500, () => {})
      if (busy) scope.command(`${id}.run`, () => ({ data: id }))
      scope.onStop(async () => {
        if (mood.stopTakes > 0) await clock.sleep(mood.stopTakes)
        if (mood.stopFails) throw new Error('stop')
      })
      crash.set(id, scope.fail)
      if (mood.startTakes > 0) await clock.sleep(mood.startTakes)
      if (mood.startFails) throw new Error('start')
      return Object.fromEntries(mine.map((name) => [name, id]))
    }
    const plugin = definePlugin({ needs: { ...needs, ...maybe }, provides, start: start as never })
    return testPlugin(id, plugin, { commands: busy ? [{ id: `${id}.run`, title: text('x', 'x') }] : [] })
  })
  return { plugins, moods, crash, lives, clock, wrongs }
}

function makersOf(plugins: readonly TestPlugin[], name: string): string[] {
  return plugins.filter(({ manifest }) => manifest.provides.includes(`${name}@1`)).map(({ manifest }) => manifest.id)
}

function shuffled<T>(random: SeededRandom, items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, at: random.next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

/** At every moment: who runs has somebody who provides what it needs. */
function brokenBonds(kernel: Kernel, plugins: readonly TestPlugin[]): string[] {
  const wrongs: string[] = []
  const now = states(kernel)
  const serving = new Set(kernel.plugins.list().flatMap(({ id, holds }) => (holds.services > 0 ? [id] : [])))
  for (const { manifest } of plugins) {
    if (now[manifest.id] !== 'running') continue
    for (const { token: need } of kernel.plugins.why(manifest.id).needs) {
      const makers = plugins.filter((one) => one.manifest.provides.includes(need) && serving.has(one.manifest.id))
      if (makers.length === 0) wrongs.push(`${manifest.id} runs without ${need}`)
    }
  }
  return wrongs
}

/** At rest: what runs is what a plan made of the same facts says, and whoever does not run holds nothing. */
function checkRest(
  kernel: Kernel,
  plugins: readonly TestPlugin[],
  lives: ReadonlyMap<string, number>,
  bound: Record<string, string[]>,
  when: string,
): void {
  const list = kernel.plugins.list()
  const out = new Set(list.filter(({ state }) => ['disabled', 'failed', 'quarantined'].includes(state)).map(({ id }) => id))
  const plan = makePlan({
    plugins: plugins.map(({ manifest: { id, needs, provides, commands } }) => ({
      id,
      needs,
      provides,
      busy: commands.length > 0,
      out: out.has(id) ? ({ text: text('out', 'out') } as never) : undefined,
    })),
    bindings: new Map(Object.entries(bound).filter(([, ids]) => ids.length > 0)),
    builtIn: new Set(),
  })
  const running = list.filter(({ state }) => state === 'running').map(({ id }) => id)
  assert.equal(running.toSorted(), [...plan.runs].toSorted(), when)
  for (const { id, state, holds, reason } of list) {
    assert.ok(['running', 'disabled', 'blocked', 'failed', 'quarantined', 'standby'].includes(state), `${id} is ${state}, ${when}`)
    const held = Object.values(holds).reduce((sum, n) => sum + n, 0)
    if (state === 'running') assert.ok(held > 0)
    else assert.is(held, 0, `${id} is ${state} and holds ${JSON.stringify(holds)}, ${when}`)
    if (state !== 'running') assert.ok(reason !== undefined, `${id} is ${state} without a reason, ${when}`)
    assert.is(lives.get(id) ?? 0, state === 'running' ? 1 : 0, `${id}, ${when}`)
  }
}

function states(kernel: Kernel): Record<string, string> {
  return Object.fromEntries(kernel.plugins.list().map(({ id, state }) => [id, state]))
}
