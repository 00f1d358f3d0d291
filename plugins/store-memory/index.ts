import { definePlugin } from '@palabre/sdk'
import { Store } from '@palabre/sdk/contract/store'
import { createMemoryStore } from './memory-store.ts'

export const plugin = definePlugin({
  provides: { store: Store },
  start(_needs, scope) {
    scope.log.warn('nothing is kept: messages and contacts are gone when this Palabre ends')
    const store = createMemoryStore()
    scope.onStop(() => store.close())
    return { store }
  },
})
