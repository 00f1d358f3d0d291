// slow, limit: 600 s
import { testSeed } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import { surviveDeaths } from './box-survives.ts'

test('three hundred deaths of a mailbox lose nothing that it promised to keep', () => surviveDeaths(300, testSeed()))

test.run()
