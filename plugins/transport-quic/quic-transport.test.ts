import { proveAll } from '@palabre/sdk/conformance/law'
import { transportLaws } from '@palabre/sdk/conformance/transport'
import { test } from 'uvu'
import { pairOverQuic } from './pair-for-tests.ts'

proveAll(test, transportLaws, pairOverQuic)

test.run()
