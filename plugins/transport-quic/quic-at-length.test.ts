// slow
import { proveAll } from '@palabre/sdk/conformance/law'
import { transportLawsAtLength } from '@palabre/sdk/conformance/transport'
import { test } from 'uvu'
import { pairOverQuic } from './pair-for-tests.ts'

proveAll(test, transportLawsAtLength, pairOverQuic)

test.run()
