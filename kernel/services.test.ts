import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createServices, type Viewer } from './services.ts'

test('what is provided can be had until it is withdrawn', async () => {
  const services = createServices()
  assert.is(services.current('clock@1'), undefined)
  const withdraw = services.provide('clock@1', 'a', 'tick')
  assert.equal(services.current('clock@1'), { plugin: 'a', value: 'tick' })
  await withdraw()
  assert.is(services.current('clock@1'), undefined)
})

test('a token and a slot of one name are two things', () => {
  const services = createServices()
  services.provide('clock@1[]', 'other', 'tock')
  services.provide('clock@1', 'mine', 'tick')
  assert.is(services.current('clock@1')?.value, 'tick')
  assert.equal([...services.many('clock@1[]', viewer()).entries], [{ plugin: 'other', value: 'tock' }])
})

test('a live handle follows the provider', async () => {
  const services = createServices()
  const live = services.live('gate@1', viewer())
  assert.is(live.current, undefined)
  const withdraw = services.provide('gate@1', 'a', 'open')
  assert.is(live.current, 'open')
  await withdraw()
  assert.is(live.current, undefined)
})

test('a watcher sees who is there and who comes, and its clean-up is awaited before the provider has gone', async () => {
  const services = createServices()
  const diary: string[] = []
  services.provide('x@1[]', 'a', 1)
  const held = viewer()
  services.many('x@1[]', held).watch((value, plugin) => {
    diary.push(`${plugin}${String(value)}`)
    return async () => {
      await Promise.resolve()
      diary.push(`-${plugin}`)
    }
  })
  const withdraw = services.provide('x@1[]', 'b', 2)
  await withdraw()
  assert.equal(diary, ['a1', 'b2', '-b'])
  await held.release()
  assert.equal(diary, ['a1', 'b2', '-b', '-a'])
  services.provide('x@1[]', 'c', 3)
  assert.is(diary.length, 4)
})

test('of two that watch, one may stop, and the other goes on', async () => {
  const services = createServices()
  const diary: string[] = []
  const one = viewer()
  const many = services.many('x@1[]', one)
  const first = many.watch((value) => (diary.push(`first ${String(value)}`), () => void diary.push('first lets go')))
  many.watch((value) => void diary.push(`second ${String(value)}`))
  services.provide('x@1[]', 'a', 'a')
  first[Symbol.dispose]()
  await Promise.resolve()
  services.provide('x@1[]', 'b', 'b')
  await Promise.resolve()
  assert.equal(diary, ['first a', 'second a', 'second b', 'first lets go'])
})

test('a watcher that throws, now or while leaving, is told of and stops nobody', async () => {
  const services = createServices()
  const bad = viewer()
  const good: unknown[] = []
  services.live('x@1', bad).watch(() => {
    throw new Error('entering')
  })
  services.live('x@1', bad).watch(() => () => Promise.reject(new Error('leaving')))
  services.live('x@1', viewer()).watch((value) => void good.push(value))
  const withdraw = services.provide('x@1', 'a', 1)
  await withdraw()
  assert.equal(bad.told, ['a watcher: entering', 'a watcher: leaving'])
  assert.equal(good, [1])
})

test('what a slow watcher was told of is let go of only after it has come to be', async () => {
  const services = createServices()
  const { promise, resolve } = Promise.withResolvers<void>()
  const diary: string[] = []
  services.live('x@1', viewer()).watch(async () => {
    await promise
    diary.push('ready')
    return () => void diary.push('left')
  })
  const leaving = services.provide('x@1', 'a', 1)()
  resolve()
  await leaving
  assert.equal(diary, ['ready', 'left'])
})

test('who begins to watch while being told is told once', () => {
  const services = createServices()
  const seen: string[] = []
  const one = viewer()
  services.many('x@1[]', one).watch(() => {
    services.many('x@1[]', one).watch((value) => void seen.push(String(value)))
  })
  services.provide('x@1[]', 'a', 'a')
  assert.equal(seen, ['a'])
})

test('preferred plugins come first at a slot, the others as they came; a preference can be taken back', () => {
  const services = createServices()
  for (const id of ['a', 'b', 'c', 'd']) services.provide('x@1[]', id, id)
  const many = services.many('x@1[]', viewer())
  services.prefer('x@1[]', ['c', 'b', 'nobody'])
  assert.is([...many].join(''), 'cbad')
  assert.is(many.entries.map(({ plugin }) => plugin).join(''), 'cbad')
  services.prefer('x@1[]', [])
  assert.is([...many].join(''), 'abcd')
})

test('nobody can put something else in the place of what another provides', () => {
  const services = createServices()
  services.provide('x@1[]', 'a', 'mine')
  const [entry] = services.many('x@1[]', viewer()).entries
  assert.throws(() => Object.assign(entry!, { value: 'forged' }), /read only/)
  const list = services.many('x@1[]', viewer()).entries as unknown[]
  list.length = 0
  assert.equal([...services.many('x@1[]', viewer())], ['mine'])
})

test('who has stopped sees nobody any more', () => {
  const services = createServices()
  services.provide('x@1', 'a', 1)
  services.provide('y@1[]', 'a', 1)
  const gone = { ...viewer(), isOpen: false }
  assert.is(services.live('x@1', gone).current, undefined)
  assert.equal([...services.many('y@1[]', gone)], [])
})

test.run()

interface TestViewer extends Viewer {
  readonly told: string[]
  release(): Promise<void>
}

function viewer(): TestViewer {
  const told: string[] = []
  const held: (() => Promise<void>)[] = []
  return {
    told,
    isOpen: true,
    hold(stopWatching) {
      held.push(stopWatching)
      return { [Symbol.dispose]: () => void stopWatching() }
    },
    async guard(where, fn) {
      try {
        return await fn()
      } catch (error) {
        told.push(`${where}: ${(error as Error).message}`)
        return undefined
      }
    },
    letGo: (work) => work,
    release: async () => void (await Promise.all(held.map((stop) => stop()))),
  }
}
