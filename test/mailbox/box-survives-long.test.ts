// slow, limit: 600 s
import { freshSeed } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import { surviveDeaths } from './box-survives.ts'

test('three hundred deaths of a mailbox lose nothing that it promised to keep', () => surviveDeaths(300, freshSeed()))

test.run()
