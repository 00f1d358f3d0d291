import { OverlayMemory } from '@palabre/sdk/contract/overlay-memory'
import { startTestHost } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

test('what was written is not there, not even in the same run', async () => {
  await using host = await startTestHost({ plugins: [import.meta.dirname], lend: { memory: OverlayMemory } })
  await host.lent.memory.write('key', Uint8Array.of(1))
  assert.is(await host.lent.memory.read('key'), undefined)
})

test.run()
