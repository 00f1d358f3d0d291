import { definePlugin } from '@palabre/sdk'
import { proveAll } from '@palabre/sdk/conformance/law'
import { keptStoreLaws, storeLaws } from '@palabre/sdk/conformance/store'
import { Asker } from '@palabre/sdk/contract/asker'
import { ProfileFolder } from '@palabre/sdk/contract/profile-folder'
import { Store } from '@palabre/sdk/contract/store'
import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'

const others = ['primitives-node', 'vault-file'].map((id) => join(import.meta.dirname, '..', id))

/** What a host lends. */
function hostOf(folder: string) {
  return testPlugin(
    'host-test',
    definePlugin({
      provides: { folder: ProfileFolder, asker: Asker },
      start: () => ({
        folder: { file: (name: string) => join(folder, name) },
        asker: { isAttended: false, secret: async () => undefined },
      }),
    }),
  )
}

/** Through a fresh kernel each time, with a real vault. */
async function openSubject() {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-store-'))
  const start = () => startTestHost({ plugins: [import.meta.dirname, ...others, hostOf(folder)], lend: { store: Store } })
  let host = await start()
  return {
    store: host.lent.store,
    async reopen() {
      await host.stop()
      host = await start()
      return host.lent.store
    },
    async close() {
      await host.stop()
      rmSync(folder, { recursive: true })
    },
  }
}

proveAll(test, storeLaws, async () => {
  const { store, close } = await openSubject()
  return { subject: store, close }
})

proveAll(test, keptStoreLaws, async () => {
  const subject = await openSubject()
  return { subject, close: subject.close }
})

test.run()
