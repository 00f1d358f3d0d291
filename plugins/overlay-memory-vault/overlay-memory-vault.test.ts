import { definePlugin } from '@palabre/sdk'
import { Asker } from '@palabre/sdk/contract/asker'
import { OverlayMemory } from '@palabre/sdk/contract/overlay-memory'
import { ProfileFolder } from '@palabre/sdk/contract/profile-folder'
import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

test('what is kept is there in the next run, and nothing is there before', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-overlay-'))
  const place = definePlugin({
    provides: { folder: ProfileFolder, asker: Asker },
    start: () => ({
      folder: { file: (name: string) => join(folder, name) },
      asker: { isAttended: false, secret: async () => undefined },
    }),
  })
  const start = () =>
    startTestHost({
      plugins: [
        join(import.meta.dirname, '../primitives-node'),
        join(import.meta.dirname, '../vault-file'),
        import.meta.dirname,
        testPlugin('place', place),
      ],
      lend: { memory: OverlayMemory },
    })
  try {
    {
      await using host = await start()
      assert.is(await host.lent.memory.read('key'), undefined)
      await host.lent.memory.write('key', Uint8Array.of(1, 2, 3))
      await host.lent.memory.write('ports', Uint8Array.of(4))
    }
    await using host = await start()
    assert.equal([...(await host.lent.memory.read('key'))!], [1, 2, 3])
    assert.equal([...(await host.lent.memory.read('ports'))!], [4])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test.run()
