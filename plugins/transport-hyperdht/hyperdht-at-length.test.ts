// slow, limit: 300 s
import { proveAll } from '@palabre/sdk/conformance/law'
import { transportLawsAtLength } from '@palabre/sdk/conformance/transport'
import { test } from 'uvu'
import { pairAtTable } from './pair-for-tests.ts'

const table = await pairAtTable()
proveAll(test, transportLawsAtLength, table.open)
test.after(table.close)

test.run()
