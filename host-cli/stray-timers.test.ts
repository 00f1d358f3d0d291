import { once } from 'node:events'
import { promisify } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { watchTimers } from './stray-timers.ts'

const nodes = { setTimeout: globalThis.setTimeout, setInterval: globalThis.setInterval }

/** Watches while `fn` runs; `as` is the plugin in whose name timers are set. */
async function watched(fn: (watch: ReturnType<typeof watchTimers>, as: (plugin: string | undefined) => void) => unknown) {
  let owner: string | undefined
  using watch = watchTimers(() => owner)
  await fn(watch, (plugin) => {
    owner = plugin
  })
}

test('what a plugin left running is stopped and counted, once', () =>
  watched(async (watch, as) => {
    let ticks = 0
    as('a')
    setInterval(() => ticks++, 1)
    setTimeout(() => ticks++, 1)
    as(undefined)
    assert.is(watch.reclaim('a'), 2)
    assert.is(watch.reclaim('a'), 0)
    await new Promise((resolve) => nodes.setTimeout(resolve, 20))
    assert.is(ticks, 0)
  }))

test('timers that fired, were cleared, or hold nobody up are no loss', () =>
  watched(async (watch, as) => {
    as('a')
    const fired = new Promise<void>((resolve) => void setTimeout(resolve, 1))
    clearTimeout(setTimeout(() => undefined, 1_000_000))
    clearInterval(setInterval(() => undefined, 1_000_000))
    setTimeout(() => undefined, 1_000_000).unref()
    as(undefined)
    await fired
    assert.is(watch.reclaim('a'), 0)
  }))

test('timers of others and of nobody are left alone', () =>
  watched((watch, as) => {
    const nobodys = setTimeout(() => undefined, 1_000_000)
    as('b')
    const others = setTimeout(() => undefined, 1_000_000)
    as(undefined)
    assert.is(watch.reclaim('a'), 0)
    assert.is(watch.reclaim('b'), 1)
    clearTimeout(others)
    clearTimeout(nobodys)
  }))

test('the many timers of a long life are not kept in memory', () =>
  watched(async (watch, as) => {
    as('a')
    const first = new WeakRef(await fired())
    for (let i = 0; i < 200; i++) await fired()
    collectGarbage()
    assert.is(first.deref(), undefined)
    assert.is(watch.reclaim('a'), 0)
  }))

async function fired(): Promise<NodeJS.Timeout> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, 0)
  await promise
  return timer
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as () => void)()
}

test('timers behave as Node’s own, and Node’s own come back at the end', async () => {
  await watched(async ({ unwatched }, as) => {
    as('a')
    const target = new EventTarget()
    setTimeout((detail: string) => target.dispatchEvent(new CustomEvent('fired', { detail })), 0, 'argument')
    assert.is(((await once(target, 'fired')) as [CustomEvent])[0].detail, 'argument')
    assert.is(await promisify(setTimeout)(1, 'value'), 'value')
    assert.is.not(setTimeout, nodes.setTimeout)
    unwatched.clearTimeout(unwatched.setTimeout(() => undefined, 1_000_000))
  })
  assert.is(setTimeout, nodes.setTimeout)
  assert.is(setInterval, nodes.setInterval)
})

test('the kernel’s own timers are nobody’s, in whoever’s name it runs', () =>
  watched((watch, as) => {
    as('a')
    const timer = watch.unwatched.setTimeout(() => undefined, 1_000_000)
    assert.is(watch.reclaim('a'), 0)
    watch.unwatched.clearTimeout(timer)
    assert.ok(Math.abs(watch.unwatched.now() - Date.now()) < 1000)
    assert.ok(watch.unwatched.monotonic() <= performance.now())
  }))

test.run()
