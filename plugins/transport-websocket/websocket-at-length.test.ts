// slow
import { proveAll } from '@palabre/sdk/conformance/law'
import { transportLawsAtLength } from '@palabre/sdk/conformance/transport'
import { test } from 'uvu'
import { pairOverWebSocket } from './pair-for-tests.node.ts'

proveAll(test, transportLawsAtLength, pairOverWebSocket)

test.run()
