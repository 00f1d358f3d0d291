import { proveAll } from '@palabre/sdk/conformance/law'
import { transportLaws } from '@palabre/sdk/conformance/transport'
import { startTestHost } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { pairAtTable } from './pair-for-tests.ts'

const table = await pairAtTable()
proveAll(test, transportLaws, table.open)
test.after(table.close)

test('without a node of a table it says what is missing', async () => {
  await using host = await startTestHost({ plugins: [import.meta.dirname] })
  const { state, reason } = host.plugins.why('transport-hyperdht').plugin
  assert.is(state, 'failed')
  assert.match(reason?.en ?? '', 'knows no node of a table')
})

test.run()
