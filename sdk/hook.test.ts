import { decideHook, definePlugin, hookLabel, notifyHook, waterfallHook } from '@palabre/sdk'
import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const Told = notifyHook<[a: number, b: string, c: boolean, d: null]>('told')
const Passed = waterfallHook<string, [b: string, c: string, d: string]>('passed')
const Asked = decideHook<[a: number, b: number, c: number, d: number], number>('asked')

test('a label says name and major', () => {
  assert.equal([hookLabel(Told), hookLabel(notifyHook('other', { major: 3 }))], ['told@1', 'other@3'])
})

test('everything a hook may hand over arrives, and more does not compile', async () => {
  // @ts-expect-error -- a fifth thing would be lost on the way
  notifyHook<[1, 2, 3, 4, 5]>('too-many')
  // @ts-expect-error -- the value and three more are four
  waterfallHook<string, [1, 2, 3, 4]>('too-many')
  // @ts-expect-error -- a fifth thing would be lost on the way
  decideHook<[1, 2, 3, 4, 5], boolean>('too-many')

  const heard: unknown[] = []
  const stands = testPlugin(
    'stands',
    definePlugin({
      taps: [Told, Passed, Asked],
      start(_, scope) {
        scope.tap(Told, (...all) => void heard.push(all))
        scope.tap(Passed, (...all) => all.join(''))
        scope.tap(Asked, async (...all) => all.reduce((sum, n) => sum + n, 0))
      },
    }),
  )
  const calls = testPlugin(
    'calls',
    definePlugin({
      calls: [Told, Passed, Asked],
      async start(_, scope) {
        scope.hook(Told).call(1, 'b', true, null)
        heard.push(scope.hook(Passed).call('a', 'b', 'c', 'd'), await scope.hook(Asked).call(1, 2, 3, 4))
      },
    }),
  )
  await using _host = await startTestHost({ plugins: [stands, calls] })
  assert.equal(heard, [[1, 'b', true, null], 'abcd', 10])
})

test.run()
