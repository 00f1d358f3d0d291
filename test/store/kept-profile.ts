import { definePlugin } from '@palabre/sdk'
import { Asker } from '@palabre/sdk/contract/asker'
import { ProfileFolder } from '@palabre/sdk/contract/profile-folder'
import { Store } from '@palabre/sdk/contract/store'
import { Vault } from '@palabre/sdk/contract/vault'
import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { join, resolve } from 'node:path'

const plugin = (id: string) => resolve(import.meta.dirname, '../../plugins', id)

/** The store of the command line over a real vault in this folder; rejects with the reason when it does not open. */
export async function openKept(folder: string) {
  const host = testPlugin(
    'host-test',
    definePlugin({
      provides: { folder: ProfileFolder, asker: Asker },
      start: () => ({
        folder: { file: (name: string) => join(folder, name) },
        asker: { isAttended: false, secret: async () => undefined },
      }),
    }),
  )
  const held: { store?: Store; vault?: Vault } = {}
  const holder = testPlugin('holder', definePlugin({ needs: { store: Store }, start: ({ store }) => void (held.store = store) }))
  const keeper = testPlugin('keeper', definePlugin({ needs: { vault: Vault }, start: ({ vault }) => void (held.vault = vault) }))
  const plugins = [plugin('primitives-node'), plugin('vault-file'), plugin('store-sqlite'), host, holder, keeper]
  const started = await startTestHost({ plugins })
  if (held.store === undefined) {
    const why = await started.plugins.enable('store-sqlite').then(
      () => new Error('it opened at the second try'),
      (error: unknown) => error,
    )
    await started.stop()
    throw why
  }
  return { store: held.store, vault: held.vault!, close: () => started.stop() }
}
