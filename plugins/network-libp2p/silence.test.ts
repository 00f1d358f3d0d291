import { fakeClock } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { limits } from './limits.ts'
import { createSilence } from './silence.ts'

function openSilence() {
  const clock = fakeClock()
  const said: string[] = []
  const silence = createSilence({
    clock,
    ask: () => said.push('ask'),
    doubt: (suspected) => said.push(suspected ? 'doubt, suspected' : 'doubt'),
    giveUp: () => said.push('give up'),
  })
  return { clock, said, silence }
}

test('a link with frames on their way asks soon, doubts when there is no answer, and gives up in the end', async () => {
  const { clock, said, silence } = openSilence()
  await clock.advance(limits.quietWhileSending - 1)
  silence.mind(true)
  assert.equal(said, [])
  await clock.advance(1)
  silence.mind(true)
  await clock.advance(limits.answerSoon - 1)
  assert.equal(said, ['ask'])
  await clock.advance(1)
  assert.equal(said, ['ask', 'doubt'])
  await clock.advance(limits.answer - limits.answerSoon)
  silence.mind(true)
  assert.equal(said, ['ask', 'doubt', 'give up'])
})

test('a quiet link asks late', async () => {
  const { clock, said, silence } = openSilence()
  await clock.advance(limits.quiet - 1)
  silence.mind(false)
  assert.equal(said, [])
  await clock.advance(1)
  silence.mind(false)
  assert.equal(said, ['ask'])
})

test('it tells for how long a question has had no answer', async () => {
  const { clock, silence } = openSilence()
  assert.is(silence.unanswered, 0)
  silence.suspect()
  await clock.advance(1_000)
  assert.is(silence.unanswered, 1_000)
  silence.heard()
  assert.is(silence.unanswered, 0)
})

test('whatever comes ends the doubt', async () => {
  const { clock, said, silence } = openSilence()
  silence.suspect()
  await clock.advance(limits.answerWhenSuspected - 1)
  silence.heard()
  await clock.advance(limits.answer)
  silence.mind(false)
  assert.equal(said, ['ask'])
  silence.suspect()
  await clock.advance(limits.answerWhenSuspected)
  assert.equal(said, ['ask', 'ask', 'doubt, suspected'])
})

test('a road on which answers take long is given the time of two', async () => {
  const { clock, said, silence } = openSilence()
  silence.suspect()
  await clock.advance(600)
  silence.answered()
  silence.heard()
  said.length = 0
  silence.suspect()
  await clock.advance(1_199)
  assert.equal(said, ['ask'])
  await clock.advance(1)
  assert.equal(said, ['ask', 'doubt, suspected'])
})

test.run()
