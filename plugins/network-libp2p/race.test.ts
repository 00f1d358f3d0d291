import { fakeClock, settled } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { race } from './race.ts'

/** Roads whose fate is the test's to decide. */
function track(roads: readonly string[]) {
  const clock = fakeClock()
  const over = new AbortController()
  const started: string[] = []
  const stopped: string[] = []
  const dropped: string[] = []
  const fates = new Map(roads.map((road) => [road, Promise.withResolvers<string>()]))
  const run = (road: string, signal: AbortSignal) => {
    started.push(road)
    signal.addEventListener('abort', () => stopped.push(road))
    return fates.get(road)!.promise
  }
  const racing = race(roads, run, (won) => dropped.push(won), { clock, stagger: 250, signal: over.signal })
  racing.catch(() => undefined)
  return { clock, over, started, stopped, dropped, racing, fate: (road: string) => fates.get(road)! }
}

test('the next road starts when the one before has not come through within the stagger', async () => {
  const { clock, started, stopped, racing, fate } = track(['a', 'b', 'c'])
  assert.equal(started, ['a'])
  await clock.advance(249)
  assert.equal(started, ['a'])
  await clock.advance(1)
  assert.equal(started, ['a', 'b'])
  fate('b').resolve('won by b')
  assert.is(await racing, 'won by b')
  await clock.advance(10_000)
  assert.equal(started, ['a', 'b'])
  assert.equal(stopped, ['a'])
})

test('a road that fails makes room for the next at once', async () => {
  const { started, racing, fate } = track(['a', 'b'])
  fate('a').reject(new Error('no'))
  await settled()
  assert.equal(started, ['a', 'b'])
  fate('b').resolve('b')
  assert.is(await racing, 'b')
})

test('one that comes through late is given back', async () => {
  const { clock, dropped, racing, fate } = track(['a', 'b'])
  await clock.advance(250)
  fate('b').resolve('b')
  await racing
  fate('a').resolve('a')
  await settled()
  assert.equal(dropped, ['a'])
})

test('when all fail, each says why, in the order of the roads', async () => {
  const { clock, racing, fate } = track(['a', 'b'])
  await clock.advance(250)
  fate('b').reject('b is shut')
  await settled()
  fate('a').reject('a is far')
  const error = await racing.catch((thrown: unknown) => thrown)
  assert.instance(error, AggregateError)
  assert.equal((error as AggregateError).errors, ['a is far', 'b is shut'])
})

test('a signal ends the race, stops what runs and starts nothing more; no timer stays', async () => {
  const { clock, over, started, stopped, racing } = track(['a', 'b', 'c'])
  await clock.advance(250)
  over.abort('enough')
  assert.is(await racing.catch((thrown: unknown) => thrown), 'enough')
  await clock.advance(10_000)
  assert.equal(started, ['a', 'b'])
  assert.equal(stopped, ['a', 'b'])
  assert.is(clock.waiting, 0)
})

test.run()
