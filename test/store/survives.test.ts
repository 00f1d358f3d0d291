import { testSeed } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import { surviveKills } from './killed-writer.ts'
import { surviveTears } from './torn-log.ts'

test('twenty deaths in the middle of writing lose nothing that was answered', () => surviveKills(20, testSeed()))

test('forty torn logs lose nothing that was answered before the tear', () => surviveTears(40, testSeed()))

test.run()
