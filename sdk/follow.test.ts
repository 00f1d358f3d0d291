import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { follow } from './follow.ts'

function source() {
  const watchers = new Set<(event: number) => void>()
  return {
    say: (event: number) => watchers.forEach((tell) => tell(event)),
    watch: (tell: (event: number) => void) => {
      watchers.add(tell)
      return { [Symbol.dispose]: () => void watchers.delete(tell) }
    },
    watchers,
  }
}

test('what happens between the call and the first reading is not missed, and order is kept', async () => {
  const { say, watch, watchers } = source()
  const stop = new AbortController()
  const events = follow(watch, stop.signal)
  say(1)
  const seen: number[] = []
  for await (const event of events) {
    seen.push(event)
    if (event === 1) say(2)
    if (event === 2) queueMicrotask(() => say(3))
    if (event === 3) stop.abort()
  }
  assert.equal(seen, [1, 2, 3])
  assert.is(watchers.size, 0)
})

test('it ends while it waits, and when the reader leaves', async () => {
  const { say, watch, watchers } = source()
  const stop = new AbortController()
  const waiting = follow(watch, stop.signal)[Symbol.asyncIterator]().next()
  stop.abort()
  assert.is((await waiting).done, true)
  const left = follow(watch, new AbortController().signal)
  say(1)
  for await (const _event of left) break
  assert.is(watchers.size, 0)
})

test('a slow reader loses the oldest', async () => {
  const { say, watch } = source()
  const stop = new AbortController()
  const events = follow(watch, stop.signal, 2)
  for (const event of [1, 2, 3]) say(event)
  const seen: number[] = []
  for await (const event of events) {
    seen.push(event)
    if (event === 3) stop.abort()
  }
  assert.equal(seen, [2, 3])
})

test.run()
