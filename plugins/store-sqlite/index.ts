import { definePlugin } from '@palabre/sdk'
import { labels } from '@palabre/sdk/contract/labels'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { ProfileFolder } from '@palabre/sdk/contract/profile-folder'
import { Store } from '@palabre/sdk/contract/store'
import { Vault } from '@palabre/sdk/contract/vault'
import { refuseOldNode } from './old-node.ts'

export const plugin = definePlugin({
  needs: { vault: Vault, primitives: Primitives, folder: ProfileFolder },
  provides: { store: Store },
  async start({ vault, primitives, folder }, scope) {
    refuseOldNode(process.versions.node)
    // The driver is heavy, and ends an old Node on sight.
    const { openSqliteStore } = await import('./open-store.ts')
    const key = vault.derive(labels.store.database)
    const store = await openSqliteStore({ file: folder.file('store.db'), key, primitives }).finally(() => key.fill(0))
    scope.onStop(() => store.close())
    return { store }
  },
})
