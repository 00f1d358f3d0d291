import { proveAll } from '@palabre/sdk/conformance/law'
import { transportLaws } from '@palabre/sdk/conformance/transport'
import { test } from 'uvu'
import { pairOverTcp } from './pair-for-tests.ts'

proveAll(test, transportLaws, pairOverTcp)

test.run()
