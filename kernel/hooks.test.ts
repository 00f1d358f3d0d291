import { decideHook, notifyHook, waterfallHook, type AnyTap, type Hook, type Stage } from '@palabre/sdk'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createHooks, readHook, type Hooks } from './hooks.ts'

const Ring = notifyHook<[who: string]>('ring')
const Words = waterfallHook<string>('words')
const Allowed = decideHook<[], boolean>('allowed')

test('taps run by stage, and within one in the order of their coming', () => {
  const { hooks } = opened()
  const seen: string[] = []
  const stages: Stage[] = ['last', 'normal', 'first', 'late', 'early', 'normal']
  for (const [i, stage] of stages.entries())
    hooks.tap(`p${i}`, readHook(Ring as never), () => void seen.push(`${stage}${i}`), stage)
  call(hooks, Ring)('you')
  assert.equal(seen, ['first2', 'early4', 'normal1', 'normal5', 'late3', 'last0'])
  assert.equal(
    hooks.flow()[0]!.taps.map(({ plugin, stage }) => plugin + stage),
    ['p2first', 'p4early', 'p1normal', 'p5normal', 'p3late', 'p0last'],
  )
})

test('a throwing tap is told with its plugin and its hook, and the others run', () => {
  const { hooks, told } = opened()
  const seen: string[] = []
  add(hooks, 'good', Ring, () => void seen.push('good'))
  add(hooks, 'bad', Ring, () => {
    throw new Error('broken')
  })
  add(hooks, 'also-good', Ring, () => void seen.push('also-good'))
  call(hooks, Ring)('you')
  assert.equal(seen, ['good', 'also-good'])
  assert.equal(told, ['bad ring@1 broken'])
})

test('where silence would mean consent, the call fails with what the tap threw, told all the same', () => {
  const { hooks, told } = opened()
  const strict = { ...Ring, onThrow: 'stop' as const }
  add(hooks, 'bad', strict, () => {
    throw new Error('no')
  })
  assert.throws(() => call(hooks, strict)('you'), 'no')
  assert.equal(told, ['bad ring@1 no'])
})

test('a hook that nobody calls or taps any more is forgotten', () => {
  const { hooks } = opened()
  const { leave } = hooks.caller('caller', readHook(Ring as never), () => {})
  leave()
  assert.equal(hooks.flow(), [])
})

test('a removed tap is called no more; of two equal functions only the one that was meant is removed', () => {
  const { hooks } = opened()
  const add1 = (word: unknown) => `${String(word)}1`
  const removeFirst = add(hooks, 'a', Words, add1)
  const removeSecond = add(hooks, 'a', Words, add1)
  const words = call(hooks, Words)
  assert.is(words(''), '11')
  removeSecond()
  removeSecond()
  assert.is(words(''), '1')
  removeFirst()
  assert.is(words(''), '')
})

test('who comes or goes during a call changes the next one', () => {
  const { hooks } = opened()
  const seen: string[] = []
  const ring = call(hooks, Ring)
  let removeLast = () => {}
  add(hooks, 'first', Ring, () => {
    seen.push('first')
    removeLast()
    if (seen.length === 1) add(hooks, 'new', Ring, () => void seen.push('new'))
  })
  removeLast = add(hooks, 'last', Ring, () => void seen.push('last'))
  ring('you')
  assert.equal(seen, ['first', 'last'])
  ring('you')
  assert.equal(seen, ['first', 'last', 'first', 'new'])
})

test('who has left while another was thinking is not asked', async () => {
  const { hooks } = opened()
  const { promise, resolve } = Promise.withResolvers<undefined>()
  const asked: string[] = []
  add(hooks, 'slow', Allowed, () => promise)
  const remove = add(hooks, 'gone', Allowed, () => void asked.push('gone'))
  add(hooks, 'here', Allowed, () => asked.push('here') > 0)
  const answer = call(hooks, Allowed)()
  remove()
  resolve(undefined)
  assert.is(await answer, true)
  assert.equal(asked, ['here'])
})

test('a hook has one law as long as anybody stands at it or calls it', () => {
  const { hooks } = opened()
  const other = { ...Ring, law: 'waterfall' } as unknown as Hook<AnyTap, AnyTap>
  const strict = { ...Ring, onThrow: 'stop' } as unknown as Hook<AnyTap, AnyTap>
  const remove = add(hooks, 'a', Ring, () => {})
  assert.throws(
    () => add(hooks, 'b', other, () => {}),
    /ring@1 follows the law "notify, skip", and b treats it as "waterfall, skip"/,
  )
  assert.throws(() => hooks.caller('b', readHook(strict), () => {}), /b treats it as "notify, stop"/)
  remove()
  assert.equal(hooks.flow(), [])
  add(hooks, 'b', other, () => {})
  assert.is(hooks.flow()[0]!.taps[0]!.plugin, 'b')
})

test('a law or a stage that does not exist is refused by name', () => {
  const { hooks } = opened()
  const lawless = { ...Ring, law: 'constructor' } as unknown as Hook<AnyTap, AnyTap>
  assert.throws(() => add(hooks, 'a', lawless, () => {}), /a gives the hook ring@1 the law "constructor"/)
  assert.throws(() => hooks.tap('a', readHook(Ring as never), () => {}, 'toString' as Stage), /at the stage "toString"/)
  assert.equal(hooks.flow(), [])
})

test('the calling side knows how many listen, and is refused once it has left', () => {
  const { hooks } = opened()
  const seen: string[] = []
  const stopped = () => {
    throw new Error('stopped')
  }
  const { call: ring, leave } = hooks.caller('caller', readHook(Ring as never), stopped)
  assert.is(ring.size, 0)
  const remove = add(hooks, 'a', Ring, (who) => void seen.push(String(who)))
  assert.is(ring.size, 1)
  assert.equal(hooks.flow()[0]!.callers, ['caller'])
  ring.call('you')
  leave()
  assert.throws(() => ring.call('you'), 'stopped')
  assert.equal(seen, ['you'])
  assert.equal(hooks.flow()[0]!.callers, [])
  remove()
  assert.equal(hooks.flow(), [])
})

test('one caller cannot change what another is lent', () => {
  const { hooks } = opened()
  const lent = () => hooks.caller('caller', readHook(Ring as never), () => {}).call
  const prototype = Object.getPrototypeOf(lent()) as object
  assert.throws(() => Object.defineProperty(prototype, 'size', { get: () => 7 }))
  assert.is(lent().size, 0)
})

test('a description that changes between two looks is read once', () => {
  let looks = 0
  const shifty = {
    ...Ring,
    get name() {
      return looks++ === 0 ? 'ring' : 'secret'
    },
  } as unknown as Hook<AnyTap, AnyTap>
  const { hooks } = opened()
  const facts = readHook(shifty)
  hooks.tap('a', facts, () => {}, 'normal')
  assert.equal([facts.label, hooks.flow()[0]!.hook], ['ring@1', 'ring@1'])
})

test.run()

function opened(): { hooks: Hooks; told: string[] } {
  const told: string[] = []
  return { hooks: createHooks((plugin, hook, error) => void told.push(`${plugin} ${hook} ${(error as Error).message}`)), told }
}

function add(hooks: Hooks, plugin: string, hook: unknown, fn: AnyTap): () => void {
  return hooks.tap(plugin, readHook(hook as Hook<AnyTap, AnyTap>), fn, 'normal')
}

function call(hooks: Hooks, hook: unknown): AnyTap {
  return hooks.caller('caller', readHook(hook as Hook<AnyTap, AnyTap>), () => {}).call.call
}
