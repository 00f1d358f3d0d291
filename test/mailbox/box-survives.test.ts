import { testSeed } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import { surviveDeaths } from './box-survives.ts'

test('ten deaths of a mailbox lose nothing that it promised to keep', () => surviveDeaths(10, testSeed()))

test.run()
