import { definePlugin } from '@palabre/sdk'
import { fakeClock, openTestKernel, startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

test('a row of timers: a run that is not over delays the next, one that throws is told and does not end the row', async () => {
  const clock = fakeClock()
  const ran: number[] = []
  const plugin = testPlugin(
    'a',
    definePlugin({
      start(_, scope) {
        scope.every(100, async () => {
          ran.push(clock.monotonic())
          if (ran.length === 1) await clock.sleep(250)
          if (ran.length === 2) throw new Error('second')
        })
      },
    }),
  )
  const kernel = await openTestKernel({ plugins: [plugin], clock })
  await kernel.start()
  await clock.advance(700)
  assert.equal(ran, [100, 450, 550, 650])
  assert.equal(
    kernel.plugins.why('a').plugin.problems.map(({ text: { en } }) => en),
    ['a timer: second'],
  )
  await kernel.stop()
  assert.is(clock.waiting, 0)
})

test('a row of timers that is given back during a run ends with it', async () => {
  const clock = fakeClock()
  let ran = 0
  let row!: Disposable
  const plugin = testPlugin(
    'a',
    definePlugin({
      start(_, scope) {
        row = scope.every(100, async () => {
          ran++
          await clock.sleep(50)
        })
      },
    }),
  )
  const kernel = await openTestKernel({ plugins: [plugin], clock })
  await kernel.start()
  await clock.advance(120)
  row[Symbol.dispose]()
  await clock.advance(1_000)
  assert.equal([ran, clock.waiting], [1, 0])
  await kernel.stop()
})

test('a timer that has run is no longer held; one given back does not run', async () => {
  let ran = 0
  let early!: Disposable
  const plugin = testPlugin(
    'a',
    definePlugin({
      start(_, scope) {
        scope.after(100, () => void ran++)
        early = scope.after(100, () => void ran++)
        scope.every(100, () => void ran++)[Symbol.dispose]()
      },
    }),
  )
  await using host = await startTestHost({ plugins: [plugin] })
  early[Symbol.dispose]()
  assert.is(host.plugins.why('a').plugin.holds.timers, 1)
  await host.clock.advance(1000)
  assert.is(ran, 1)
  assert.is(host.plugins.why('a').plugin.holds.timers, 0)
})

test.run()
