import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { isPalabreError, PalabreError, type Code } from '../error.ts'
import { text } from '../text.ts'
import { askPort, followPort } from './port-follow.ts'
import type { Port, PortState } from './port.ts'

/** A port whose kernel fails so often before it answers, and timers that end at once and are written down. */
function lateKernel(failures: number, code: Code = 'switched-off') {
  const pauses: number[] = []
  const watchers = new Set<(state: PortState) => void>()
  const attempt = () => {
    if (failures-- > 0) throw new PalabreError(code, text('not yet', 'pas encore'))
    return { data: 'here' }
  }
  const port: Port = {
    commands: async () => [],
    run: async () => attempt(),
    async *stream() {
      yield attempt()
    },
    state: 'open',
    watch(fn) {
      watchers.add(fn)
      return { [Symbol.dispose]: () => void watchers.delete(fn) }
    },
  }
  const timers = {
    run: true,
    after(ms: number, fn: () => void): Disposable {
      pauses.push(ms)
      let isOver = false
      if (timers.run) queueMicrotask(() => void (isOver || fn()))
      return { [Symbol.dispose]: () => void (isOver = true) }
    },
  }
  return { port, pauses, timers, watchers, open: () => watchers.forEach((tell) => tell('open')) }
}

const forever = new AbortController().signal

test('a kernel that starts is asked again at once, then ever later, up to a second', async () => {
  const { port, pauses, timers, watchers } = lateKernel(8)
  const { after } = timers
  assert.is(await askPort({ port, command: 'x', signal: forever, after, answers: ['unknown-command'] }), 'here')
  assert.equal(pauses, [25, 50, 100, 200, 400, 800, 1_000, 1_000])
  assert.is(watchers.size, 0)
})

test('an error that is an answer is thrown and not asked again', async () => {
  const { port, pauses, timers } = lateKernel(1, 'denied')
  const { after } = timers
  const asked = askPort({ port, command: 'x', signal: forever, after, answers: ['denied'] })
  const error = await asked.catch((thrown: unknown) => thrown)
  assert.ok(isPalabreError(error) && error.code === 'denied')
  assert.equal(pauses, [])
})

test('a port that opens is asked without waiting', async () => {
  const { port, pauses, timers, watchers, open } = lateKernel(2)
  timers.run = false
  const asked = askPort({ port, command: 'x', signal: forever, after: timers.after, answers: [] })
  for (let opened = 0; opened < 2; opened++) {
    while (watchers.size === 0) await Promise.resolve()
    open()
  }
  assert.is(await asked, 'here')
  assert.equal(pauses, [25, 25])
})

test('whoever is told to stop asks no more and hears nothing', async () => {
  const { port, timers } = lateKernel(Infinity)
  timers.run = false
  const stop = new AbortController()
  const asked = askPort({ port, command: 'x', signal: stop.signal, after: timers.after, answers: [] })
  stop.abort()
  assert.is(await asked, undefined)
})

test('what is followed is sought again soon after it was heard, and later while it is silent', async () => {
  const { port, pauses, timers } = lateKernel(3)
  const stop = new AbortController()
  let heard = 0
  await followPort({
    port,
    command: 'x',
    signal: stop.signal,
    after: timers.after,
    fresh: () => undefined,
    heard: () => (++heard === 2 ? stop.abort() : undefined),
    lost: () => undefined,
  })
  assert.is(heard, 2)
  assert.equal(pauses, [25, 50, 100, 25])
})

test.run()
