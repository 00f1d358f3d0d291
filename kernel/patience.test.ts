import { definePlugin, PalabreError, text, token, type Scope } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { fakeClock, settled, startTestHost, testPlugin, type FakeClock } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createKernel } from './kernel.ts'
import { createPatience } from './patience.ts'
import { readSettings } from './settings.ts'

const open = () => {
  const clock = fakeClock()
  const holds: boolean[] = []
  const patience = createPatience({ timers: clock, ms: 10_000, onHold: (still) => void holds.push(still) })
  return { clock, holds, patience }
}
const late = () => new Error('late')
const outcomeOf = (work: Promise<unknown>) => work.then(String, (error: Error) => error.message)

test('work that takes too long is late', async () => {
  const { clock, patience } = open()
  const outcome = outcomeOf(patience.within(new Promise(() => undefined), late))
  await clock.advance(9_999)
  assert.is(clock.waiting, 1)
  await clock.advance(1)
  assert.is(await outcome, 'late')
  assert.is(clock.waiting, 0)
})

test('the time a person takes does not count, the time before and after does', async () => {
  const { clock, patience, holds } = open()
  const { promise: answer, resolve } = Promise.withResolvers<string>()
  const outcome = outcomeOf(patience.within(new Promise(() => undefined), late))
  await clock.advance(6_000)
  const heard = patience.unhurried(answer)
  await clock.advance(3_600_000)
  resolve('yes')
  assert.is(await heard, 'yes')
  assert.equal(holds, [true, false])
  await clock.advance(3_999)
  assert.is(clock.waiting, 1, 'still not late')
  await clock.advance(1)
  assert.is(await outcome, 'late')
})

test('two questions hold it until both are answered, also one that was asked before the limit began', async () => {
  const { clock, patience, holds } = open()
  const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const asked = patience.unhurried(first.promise)
  const outcome = outcomeOf(patience.within(new Promise(() => undefined), late))
  const again = patience.unhurried(second.promise)
  await clock.advance(20_000)
  first.resolve()
  await asked
  await clock.advance(20_000)
  assert.equal(holds, [true])
  second.reject(new Error('no'))
  assert.is(await outcomeOf(again), 'no')
  assert.equal(holds, [true, false])
  await clock.advance(10_000)
  assert.is(await outcome, 'late')
})

test('a plugin may ask a person while it starts, for as long as that takes; thinking by itself is limited', async () => {
  const minute = (clock: unknown) => (clock as FakeClock).advance(60_000)
  const needs = { clock: Clock }
  const asking = definePlugin({ needs, start: ({ clock }, scope) => scope.unhurried(minute(clock)) })
  const brooding = definePlugin({ needs, start: ({ clock }) => minute(clock) })
  await using host = await startTestHost({ plugins: [testPlugin('asking', asking), testPlugin('brooding', brooding)] })
  assert.is(host.plugins.why('asking').plugin.state, 'running')
  assert.match(host.plugins.why('brooding').plugin.reason!.en, 'within 10 s')
})

test('a process that ends while a person is asked was not killed by the plugin that asks', async () => {
  const saved: string[] = []
  let whileAsked = ''
  const asking = definePlugin({
    async start(_needs, scope) {
      await scope.unhurried(settled().then(() => (whileAsked = saved.at(-1)!)))
    },
  })
  const { manifest, load } = testPlugin('asking', asking)
  const kernel = createKernel({
    host: 'cli',
    catalog: [{ id: 'asking', source: 'asking (test)', manifest, load }],
    settings: readSettings([{ source: 'test', json: '{ "plugins": { "asking": true } }' }]),
    journal: { load: () => undefined, save: (text) => void saved.push(text) },
  })
  await kernel.start()
  await kernel.stop()
  assert.match(saved[0]!, '"starting":["asking"]')
  assert.match(whileAsked, '"starting":[]')
  assert.match(saved.at(-2)!, '"starting":["asking"]', 'and it is accountable again afterwards')
})

test('a wrong passphrase is not tried again: the person is', async () => {
  const denied = new PalabreError('denied', text('no', 'non'))
  const guarded = definePlugin({ start: () => Promise.reject(denied) })
  await using host = await startTestHost({ plugins: [testPlugin('guarded', guarded)] })
  assert.is(host.plugins.why('guarded').plugin.state, 'quarantined')
})

test('a plugin that locks itself stays locked, and one that begins anew takes its users along', async () => {
  const Thing = token<{ n: number }>('thing')
  let starts = 0
  let scope!: Scope
  const maker = definePlugin({
    provides: { thing: Thing },
    start(_needs, lent) {
      scope = lent as Scope
      return { thing: { n: ++starts } }
    },
  })
  const seen: number[] = []
  const user = definePlugin({ needs: { thing: Thing }, start: ({ thing }) => void seen.push(thing.n) })
  await using host = await startTestHost({ plugins: [testPlugin('maker', maker), testPlugin('user', user)] })

  scope.restart()
  await settled()
  assert.equal(seen, [1, 2])

  scope.fail(new PalabreError('denied', text('locked', 'verrouillé')))
  await settled()
  assert.is(host.plugins.why('maker').plugin.state, 'quarantined')
  assert.is(host.plugins.why('user').plugin.state, 'blocked')
  scope.restart()
  await settled()
  assert.is(host.plugins.why('maker').plugin.state, 'quarantined', 'what is over cannot begin anew')
})

test.run()
