import { proveAll } from '@palabre/sdk/conformance/law'
import { transportLaws } from '@palabre/sdk/conformance/transport'
import { test } from 'uvu'
import { pairOverWebSocket } from './pair-for-tests.node.ts'

proveAll(test, transportLaws, pairOverWebSocket)

test.run()
