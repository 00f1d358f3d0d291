import { fakeClock, settled } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { faults } from './faults.ts'
import { limits } from './limits.ts'
import type { Road } from './road.ts'
import { useRoad } from './use-road.ts'

const roadCalled = (name: string) =>
  ({ connection: { id: name, status: 'open' } }) as unknown as Road & { connection: { status: string } }
const nameOf = ({ connection }: Pick<Road, 'connection'>) => connection.id

/** Roads whose fate is the test's to decide. */
function openUse({ standing = true } = {}) {
  const clock = fakeClock()
  const over = new AbortController()
  const known = roadCalled('known')
  const fates = { known: Promise.withResolvers<string>(), fresh: Promise.withResolvers<string>() }
  const made = Promise.withResolvers<Road>()
  const seen: string[] = []
  const using = useRoad({
    clock,
    signal: over.signal,
    standing: standing ? known : undefined,
    connect: (signal) => {
      seen.push('connect')
      signal.addEventListener('abort', () => seen.push('connect aborted'))
      return made.promise
    },
    use: (road, signal) => {
      const fate = fates[nameOf(road) as 'known' | 'fresh']
      seen.push(`use ${nameOf(road)}`)
      signal.addEventListener('abort', () => fate.reject(signal.reason))
      return fate.promise
    },
    letGo: async (connection) => void seen.push(`let go of ${nameOf({ connection })}`),
  })
  using.catch(() => undefined)
  return { clock, over, known, fates, made, seen, using }
}

test('what stands and answers is used, and nothing is made', async () => {
  const { clock, fates, seen, using } = openUse()
  fates.known.resolve('by the known')
  assert.is(await using, 'by the known')
  await clock.advance(limits.answer)
  assert.equal(seen, ['use known'])
})

test('one that ends while it is asked is replaced at once', async () => {
  const { fates, made, seen, using } = openUse()
  fates.known.reject(faults.unreachable('P'))
  made.resolve(roadCalled('fresh'))
  fates.fresh.resolve('by the fresh')
  assert.is(await using, 'by the fresh')
  assert.equal(seen.slice(0, 4), ['use known', 'connect', 'let go of known', 'use fresh'])
})

test('beside one that is silent another is made and takes its place', async () => {
  const { clock, fates, made, seen, using } = openUse()
  await clock.advance(limits.answerSoon - 1)
  assert.equal(seen, ['use known'])
  await clock.advance(1)
  assert.equal(seen, ['use known', 'connect'])
  made.resolve(roadCalled('fresh'))
  fates.fresh.resolve('by the fresh')
  assert.is(await using, 'by the fresh')
  assert.equal(seen.slice(2), ['let go of known', 'use fresh', 'connect aborted'])
})

test('one that answers late still wins while the other is not made', async () => {
  const { clock, fates, seen, using } = openUse()
  await clock.advance(limits.answerSoon)
  fates.known.resolve('by the known')
  assert.is(await using, 'by the known')
  assert.equal(seen, ['use known', 'connect', 'connect aborted'])
})

test('a refusal stands; a road that broke meanwhile is replaced at once', async () => {
  const refused = openUse()
  refused.fates.known.reject(new Error('refused'))
  assert.is(await refused.using.catch((error: Error) => error.message), 'refused')
  assert.equal(refused.seen, ['use known'])

  const broken = openUse()
  broken.known.connection.status = 'aborted'
  broken.fates.known.reject(new Error('it broke'))
  broken.made.resolve(roadCalled('fresh'))
  broken.fates.fresh.resolve('by the fresh')
  assert.is(await broken.using, 'by the fresh')
})

test('when no other can be made, it waits for the one that stands', async () => {
  const { clock, fates, made, using } = openUse()
  await clock.advance(limits.answerSoon)
  made.reject(new Error('no road'))
  await settled()
  fates.known.resolve('by the known')
  assert.is(await using, 'by the known')
})

test('without any that stands, one is made; whoever waits can leave', async () => {
  const { over, made, seen, using } = openUse({ standing: false })
  assert.equal(seen, ['connect'])
  over.abort(new Error('enough'))
  assert.equal(seen, ['connect', 'connect aborted'])
  made.reject(over.signal.reason)
  assert.is(await using.catch((error: Error) => error.message), 'enough')
})

test.run()
