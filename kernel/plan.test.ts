import { PalabreError, text } from '@palabre/sdk'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Planned } from './plan-basis.ts'
import { makePlan, type Plan } from './plan.ts'

const off = (id: string) =>
  new PalabreError('switched-off', text(`${id} is off`, `${id} est éteint`), { todo: text(`on ${id}`, `allume ${id}`) })

test('providers come before users, whatever the order in which plugins are found', () => {
  const row = [
    plugin('c', { needs: ['b@1'] }),
    plugin('b', { needs: ['a@1'], provides: ['b@1'] }),
    plugin('a', { provides: ['a@1'] }),
  ]
  assert.equal(plan(row).order, ['a', 'b', 'c'])
  assert.equal(plan(row.toReversed()).order, ['a', 'b', 'c'])
})

test('plugins that need nothing of each other keep the order in which they were found', () => {
  assert.equal(plan([plugin('x'), plugin('a'), plugin('m')]).order, ['x', 'a', 'm'])
})

test('a cycle is told with its whole path and the contracts on it, and only it and its users are blocked', () => {
  const made = plan([
    plugin('a', { needs: ['b@1'], provides: ['a@1'] }),
    plugin('b', { needs: ['c@2'], provides: ['b@1'] }),
    plugin('c', { needs: ['a@1'], provides: ['c@2'] }),
    plugin('user', { needs: ['c@2'] }),
    plugin('free'),
  ])
  for (const id of ['a', 'b', 'c']) {
    assert.is(made.blocked.get(id)!.code, 'cycle')
    assert.match(made.blocked.get(id)!.text.en, 'a → (b@1) → b → (c@2) → c → (a@1) → a')
    assert.match(made.blocked.get(id)!.text.fr, 'a → (b@1) → b → (c@2) → c → (a@1) → a')
    assert.match(made.blocked.get(id)!.todo!.en, 'optional(…)')
  }
  assert.match(made.blocked.get('user')!.text.en, 'user needs c, which is blocked: these plugins need each other')
  assert.equal([...made.conflicts].toSorted(), ['a', 'b', 'c'])
  assert.equal(made.order, ['free'])
})

test('a plugin that needs what it provides goes round by itself', () => {
  assert.match(why(plan([plugin('a', { needs: ['a@1'], provides: ['a@1'] })]), 'a'), 'a → (a@1) → a')
})

test('two cycles are told apart', () => {
  const pair = (x: string, y: string) => [
    plugin(x, { needs: [`${y}@1`], provides: [`${x}@1`] }),
    plugin(y, { needs: [`${x}@1`], provides: [`${y}@1`] }),
  ]
  const made = plan([...pair('a', 'b'), ...pair('c', 'd')])
  assert.match(why(made, 'a'), 'a → (b@1) → b → (a@1) → a')
  assert.match(why(made, 'd'), 'c → (d@1) → d → (c@1) → c')
})

test('two providers without a binding: both are named, with the line to add', () => {
  const rivals = [plugin('one', { provides: ['x@1'] }), plugin('two', { provides: ['x@1'] }), plugin('user', { needs: ['x@1'] })]
  const made = plan(rivals)
  for (const id of ['one', 'two', 'user']) {
    assert.is(made.blocked.get(id)!.code, 'ambiguous-provider')
    assert.is(made.blocked.get(id)!.text.en, 'one and two both provide x@1, and nothing says which to take')
    assert.is(made.blocked.get(id)!.text.fr, 'one et two fournissent tous deux x@1, et rien ne dit lequel prendre')
    assert.is(made.blocked.get(id)!.todo!.en, 'Add to plugins.json: "bindings": { "x": "one" }')
  }
  assert.equal([...made.conflicts].toSorted(), ['one', 'two'])
  assert.match(why(plan([...rivals, plugin('three', { provides: ['x@1'] })]), 'one'), 'one, two, and three all provide x@1')
  assert.equal(plan(rivals, { x: ['two'] }).order, ['two', 'user'])
})

test('a missing token names who would provide it if it ran, the same name with another major, or near misses', () => {
  const user = plugin('user', { needs: ['clock@1'] })
  const withOff = plan([user, plugin('clock-system', { provides: ['clock@1'], out: off('clock-system') })]).blocked.get('user')!
  assert.equal(
    [withOff.code, withOff.text.en, withOff.todo?.en],
    ['missing-provider', 'user needs clock-system for clock@1: clock-system is off', 'on clock-system'],
  )
  const major = plan([user, plugin('new', { provides: ['clock@2'] })]).blocked.get('user')!
  assert.equal([major.code, major.text.en], ['wrong-version', 'user needs clock@1, and only clock@2 is provided'])
  const near = plan([user, plugin('near', { provides: ['clocks@1', 'lock@1', 'far-away@1'] })]).blocked.get('user')!
  assert.is(near.text.en, 'user needs clock@1, and no plugin provides it')
  assert.match(near.todo!.en, 'clocks@1')
  assert.match(near.todo!.en, 'lock@1')
  assert.not.match(near.todo!.en, 'far-away')
  assert.match(plan([user]).blocked.get('user')!.todo!.en, 'Install a plugin that provides it')
})

test('whoever waits for something blocked is told the cause, once, however long the row', () => {
  const row = Array.from({ length: 50 }, (_, i) => plugin(`p${i}`, { needs: [`t${i}@1`], provides: [`t${i + 1}@1`] }))
  assert.is(why(plan(row), 'p49'), 'p49 needs p48, which is blocked: p0 needs t0@1, and no plugin provides it')
})

test('slots and built-in tokens never order, and an empty slot blocks nobody', () => {
  const made = plan([
    plugin('reader', { needs: ['sink@1[]', 'plugins@1'], provides: ['r@1'] }),
    plugin('sink', { needs: ['r@1'], provides: ['sink@1[]'] }),
  ])
  assert.equal(made.order, ['reader', 'sink'])
  assert.equal(plan([plugin('reader', { needs: ['sink@1[]'] })]).order, ['reader'])
})

test('of several who could provide, the one that comes nearest to running is named: never one made for another host', () => {
  const elsewhere = new PalabreError('wrong-host', text('made for others', 'fait pour d’autres'))
  const broken = new PalabreError('storage-failed', text('it is damaged', 'il est endommagé'))
  const user = plugin('user', { needs: ['x@1'] })
  const maker = (id: string, out: PalabreError) => plugin(id, { provides: ['x@1'], out })
  const [other, resting, hurt] = [maker('other', elsewhere), maker('resting', off('resting')), maker('hurt', broken)]
  assert.match(why(plan([other, resting, hurt, user]), 'user'), 'user needs hurt for x@1: it is damaged')
  assert.match(why(plan([other, resting, user]), 'user'), 'user needs resting for x@1: resting is off')
  assert.match(why(plan([other, user]), 'user'), 'user needs other for x@1: made for others')
})

test('nobody provides what the kernel provides', () => {
  const made = plan([plugin('usurper', { provides: ['plugins@1'] }), plugin('user', { needs: ['plugins@1'] })])
  assert.equal(made.order, ['user'])
  assert.is(why(made, 'usurper'), 'usurper provides plugins@1, which Palabre itself provides')
})

test('the first of the bound that can run provides; the others stand by or, when busy, run without providing', () => {
  const all = [
    plugin('a', { provides: ['x@1'] }),
    plugin('b', { provides: ['x@1'] }),
    plugin('c', { provides: ['x@1'], busy: true }),
  ]
  const bound = { x: ['b', 'a', 'c'] }
  const made = plan(all, bound)
  assert.equal([made.providers.get('x@1'), [...made.standby], made.order], ['b', [['a', 'b']], ['b', 'c']])
  const withoutB = plan([all[0]!, plugin('b', { provides: ['x@1'], out: off('b') }), all[2]!], bound)
  assert.is(withoutB.providers.get('x@1'), 'a')
})

test('a bound plugin that is blocked gives way, and says why it does not run', () => {
  const all = [
    plugin('a', { provides: ['x@1'], needs: ['nothing@1'] }),
    plugin('b', { provides: ['x@1'] }),
    plugin('user', { needs: ['x@1'] }),
  ]
  const made = plan(all, { x: ['a', 'b'] })
  assert.equal(made.order, ['b', 'user'])
  assert.match(why(made, 'a'), 'a needs nothing@1')
  assert.not.ok(made.standby.has('a'))
})

test('a first choice that runs with a second choice of its own keeps its place', () => {
  const all = [
    plugin('a1', { provides: ['a@1'], needs: ['b@1'] }),
    plugin('a2', { provides: ['a@1'] }),
    plugin('b1', { provides: ['b@1'], needs: ['nothing@1'] }),
    plugin('b2', { provides: ['b@1'] }),
  ]
  const made = plan(all, { a: ['a1', 'a2'], b: ['b1', 'b2'] })
  assert.equal([made.providers.get('a@1'), made.providers.get('b@1')], ['a1', 'b2'])
})

test('two who could meet one need do not make up for another that nobody meets', () => {
  const all = [
    plugin('x1', { provides: ['x@1'], needs: ['y@1', 'nothing@1'] }),
    plugin('x2', { provides: ['x@1'] }),
    plugin('y1', { provides: ['y@1'] }),
    plugin('y2', { provides: ['y@1'] }),
  ]
  assert.is(plan(all, { x: ['x1', 'x2'], y: ['y1', 'y2'] }).providers.get('x@1'), 'x2')
})

test('a second choice breaks a circle of first choices', () => {
  const all = [
    plugin('a1', { provides: ['a@1'], needs: ['b@1'] }),
    plugin('a2', { provides: ['a@1'] }),
    plugin('b1', { provides: ['b@1'], needs: ['a@1'] }),
  ]
  const made = plan(all, { a: ['a1', 'a2'], b: ['b1'] })
  assert.equal(made.order, ['a2', 'b1'])
  assert.equal([...made.standby], [['a1', 'a2']])
})

test('when no bound plugin can run, the first says why', () => {
  const all = [
    plugin('a', { provides: ['x@1'], needs: ['m@1'] }),
    plugin('b', { provides: ['x@1'], needs: ['n@1'] }),
    plugin('user', { needs: ['x@1'] }),
  ]
  assert.is(why(plan(all, { x: ['a', 'b'] }), 'user'), 'user needs a, which is blocked: a needs m@1, and no plugin provides it')
})

test('a binding is a promise: who is not named never takes the place, and the message says so', () => {
  const all = [
    plugin('a', { provides: ['x@1'], out: off('a') }),
    plugin('other', { provides: ['x@1'] }),
    plugin('user', { needs: ['x@1'] }),
  ]
  const made = plan(all, { x: ['a'] })
  assert.not.ok(made.runs.has('user'))
  assert.is(why(made, 'user'), 'user needs x@1, which plugins.json binds to a: a is off')
  assert.match(made.blocked.get('user')!.todo!.en, 'palabre plugins enable a')
  const otherMajor = plan([plugin('a', { provides: ['x@2'] }), plugin('user', { needs: ['x@1'] })], { x: ['a'] })
  assert.is(otherMajor.blocked.get('user')!.code, 'wrong-version')
})

test('a need or an offer that is named twice counts once', () => {
  const made = plan([plugin('a', { provides: ['x@1', 'x@1'] }), plugin('b', { needs: ['x@1', 'x@1'] })])
  assert.equal([made.order, made.users.get('a')], [['a', 'b'], ['b']])
})

test('planning looks at each plugin as often among 10,000 as among 1,000, even when all are blocked', () => {
  for (const shape of [chain, star, missingAll, ambiguousAll, waitingAll]) {
    const [few, many] = [looksAt(shape(1_000)), looksAt(shape(10_000))]
    assert.ok(many <= few * 10.1, `${shape.name}: ${few} looks for 1,000 and ${many} for 10,000`)
  }
})

test.run()

function plugin(id: string, rest: Partial<Planned> = {}): Planned {
  return { id, needs: [], provides: [], busy: false, out: undefined, ...rest }
}

function plan(plugins: readonly Planned[], bindings: Record<string, string[]> = {}): Plan {
  return makePlan({ plugins, bindings: new Map(Object.entries(bindings)), builtIn: new Set(['plugins@1']) })
}

function why(made: Plan, id: string): string {
  return made.blocked.get(id)?.text.en ?? ''
}

function chain(n: number): Planned[] {
  return Array.from({ length: n }, (_, i) =>
    plugin(`p${i}`, { needs: i === 0 ? [] : [`t${i - 1}@1`], provides: [`t${i}@1`] }),
  ).toReversed()
}

function star(n: number): Planned[] {
  return Array.from({ length: n }, (_, i) => plugin(`p${i}`, i === 0 ? { provides: ['hub@1'] } : { needs: ['hub@1'] }))
}

function missingAll(n: number): Planned[] {
  return star(n).map((one, i) => (i === 0 ? { ...one, out: off('p0') } : one))
}

function ambiguousAll(n: number): Planned[] {
  return Array.from({ length: n }, (_, i) => plugin(`p${i}`, { provides: ['x@1'] }))
}

function waitingAll(n: number): Planned[] {
  return chain(n).map((one) => (one.id === 'p0' ? { ...one, needs: ['nothing@1'] } : one))
}

/** How often a plan reads what plugins need and provide; a clock would only tell how busy the machine is. */
function looksAt(plugins: readonly Planned[]): number {
  let looks = 0
  const counted = <T extends object>(row: T): T => new Proxy(row, { get: (of, key) => (looks++, Reflect.get(of, key) as unknown) })
  plan(plugins.map((one) => counted({ ...one, needs: counted(one.needs), provides: counted(one.provides) })))
  return looks
}
