// slow, limit: 900 s
import { testSeed } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import { surviveKills } from './killed-writer.ts'
import { surviveTears } from './torn-log.ts'

test('three hundred deaths in the middle of writing lose nothing that was answered', () => surviveKills(300, testSeed()))

test('three hundred torn logs lose nothing that was answered before the tear', () => surviveTears(300, testSeed()))

test.run()
