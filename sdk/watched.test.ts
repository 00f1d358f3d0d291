import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createWatched } from './watched.ts'

test('whoever watches hears of each change once it is there, until they no longer want to', () => {
  const count = createWatched(0)
  const heard: number[] = []
  const watching = count.watch(() => heard.push(count.now))
  count.watch(() => heard.push(-count.now))
  count.set(1)
  watching[Symbol.dispose]()
  count.set(2)
  assert.equal(heard, [1, -1, -2])
})

test.run()
