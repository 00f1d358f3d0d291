import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { outcome, type Check } from './check.ts'
import { runChecks } from './run-checks.ts'

const check = (name: string, run: Check['run']): Check => ({ name, run })

async function told(...checks: Check[]) {
  const lines: string[] = []
  const failed = await runChecks(checks, 2, (line) => lines.push(line))
  return { lines, failed, last: lines.at(-1)!.trim() }
}

test('each check is told in its order, what failed is told after, the sum comes last', async () => {
  const slow = Promise.withResolvers<void>()
  const { lines, failed, last } = await told(
    check('slow', async () => {
      await slow.promise
      return outcome(true, 'unseen')
    }),
    check('wrong', async () => outcome(false, 'because\n')),
    check('many', async () => {
      slow.resolve()
      return { passed: 3, failed: 2, details: 'two of five' }
    }),
  )
  assert.equal(
    lines.slice(0, 3).map((line) => line.split(/ +/).slice(0, 2)),
    [
      ['ok', 'slow'],
      ['FAIL', 'wrong'],
      ['FAIL', 'many'],
    ],
  )
  assert.equal(lines.slice(3, 5), ['\nwrong\nbecause', '\nmany\ntwo of five'])
  assert.equal([failed, last], [3, '4 passed, 3 failed'])
})

test('a check that cannot run has failed, and the others run', async () => {
  const { lines, last } = await told(
    check('broken', () => Promise.reject(new Error('no such tool'))),
    check('fine', async () => outcome(true, '')),
  )
  assert.match(lines.join('\n'), 'no such tool')
  assert.is(last, '1 passed, 1 failed')
})

test('as many run at once as allowed, never more', async () => {
  let running = 0
  let most = 0
  const one = check('one', async () => {
    most = Math.max(most, ++running)
    await new Promise(setImmediate)
    running--
    return outcome(true, '')
  })
  await told(one, one, one, one, one)
  assert.is(most, 2)
})

test.run()
