// slow, limit: 1200 s
import { testSeed } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import { talkUnderFire } from '../messenger/under-fire.ts'

const seed = testSeed()

test(`10,000 messages over a bad road, fifty deaths: each arrives once, in order, and is known to (seed ${seed})`, () =>
  talkUnderFire({ seed, messages: 5_000, kills: 50, blackouts: 15, nights: 3, pace: 4, cutAfter: 150_000 }))

test.run()
