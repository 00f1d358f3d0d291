import { clockLaws } from '@palabre/sdk/conformance/clock'
import { proveAll } from '@palabre/sdk/conformance/law'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { fakeClock } from './fake-clock.ts'

proveAll(test, clockLaws, async () => {
  const clock = fakeClock()
  return { subject: { clock, move: (ms: number) => clock.advance(ms) }, close: async () => {} }
})

test('it stands still by itself', async () => {
  const clock = fakeClock()
  const before = clock.now()
  await new Promise((resolve) => setTimeout(resolve, 5))
  assert.equal([clock.now(), clock.monotonic()], [before, 0])
})

test('what comes due runs in order of time, and then of setting, at its own time', async () => {
  const clock = fakeClock()
  const ran: string[] = []
  const set = (name: string, ms: number) => clock.setTimeout(() => void ran.push(`${name}@${clock.monotonic()}`), ms)
  set('late', 30)
  set('early', 10)
  set('also-early', 10)
  clock.clearTimeout(set('cleared', 20))
  clock.setTimeout(() => set('nested', 5), 10)
  assert.is(clock.waiting, 4)
  await clock.advance(29)
  assert.equal(ran, ['early@10', 'also-early@10', 'nested@15'])
  await clock.advance(1)
  assert.equal([ran.at(-1), clock.waiting, clock.monotonic()], ['late@30', 0, 30])
})

test('promises settle between two timers', async () => {
  const clock = fakeClock()
  const seen: string[] = []
  const wait = async (name: string, ms: number) => {
    await clock.sleep(ms)
    await Promise.resolve()
    seen.push(name)
    if (ms < 40) await wait(`${name}+`, ms * 2)
  }
  void wait('a', 10)
  await clock.advance(100)
  assert.equal(seen, ['a', 'a+', 'a++'])
})

test('two who move it at once move it on, never back', async () => {
  const clock = fakeClock()
  clock.setTimeout(() => {}, 5)
  const far = clock.advance(100)
  const near = clock.advance(10)
  await Promise.all([far, near])
  assert.ok(clock.monotonic() >= 100)
})

test('a sleeper that has woken no longer listens to its signal', async () => {
  const clock = fakeClock()
  let listening = 0
  const signal = {
    aborted: false,
    throwIfAborted() {},
    addEventListener: () => void listening++,
    removeEventListener: () => void listening--,
  } as unknown as AbortSignal
  const sleeping = clock.sleep(10, signal)
  assert.is(listening, 1)
  await clock.advance(10)
  await sleeping
  assert.is(listening, 0)
})

test.run()
