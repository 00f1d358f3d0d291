import { definePlugin } from '@palabre/sdk'
import { OverlayMemory } from '@palabre/sdk/contract/overlay-memory'

export const plugin = definePlugin({
  provides: { memory: OverlayMemory },
  start: () => ({ memory: { read: async () => undefined, write: async () => undefined } }),
})
