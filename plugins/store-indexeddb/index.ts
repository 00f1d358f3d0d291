import { definePlugin } from '@palabre/sdk'
import { labels } from '@palabre/sdk/contract/labels'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { Store } from '@palabre/sdk/contract/store'
import { Vault } from '@palabre/sdk/contract/vault'
import { holdAlone } from './one-tab.ts'
import { openIndexedStore } from './open-store.ts'
import { createSealer } from './sealer.ts'

export const plugin = definePlugin({
  needs: { vault: Vault, primitives: Primitives },
  provides: { store: Store },
  async start({ vault, primitives }, scope) {
    const letGo = await holdAlone('palabre-store')
    scope.onStop(letGo)
    const [values, names] = [vault.derive(labels.store.values), vault.derive(labels.store.names)]
    const sealer = createSealer(primitives, values, names)
    scope.onStop(() => sealer.forget())
    const store = await openIndexedStore(sealer)
    scope.onStop(() => store.close())
    return { store }
  },
})
