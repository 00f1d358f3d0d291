// slow, limit: 300 s
import { proveAll } from '@palabre/sdk/conformance/law'
import { transportLaws } from '@palabre/sdk/conformance/transport'
import { test } from 'uvu'
import { overRelay } from './over-relay.ts'
import { plain } from './three.ts'

proveAll(test, transportLaws, overRelay({ transport: 'relay', parts: [] }, plain))

test.run()
