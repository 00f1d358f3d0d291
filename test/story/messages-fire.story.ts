import { testSeed } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import { talkUnderFire } from '../messenger/under-fire.ts'

const seed = testSeed()

test(`1,000 messages over a bad road, eight deaths: each arrives once, in order, and is known to (seed ${seed})`, () =>
  talkUnderFire({ seed, messages: 500, kills: 8, blackouts: 3, nights: 0, pace: 3, cutAfter: 40_000 }))

test.run()
