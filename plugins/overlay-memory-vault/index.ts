import { definePlugin } from '@palabre/sdk'
import { labels } from '@palabre/sdk/contract/labels'
import { OverlayMemory } from '@palabre/sdk/contract/overlay-memory'
import { Vault } from '@palabre/sdk/contract/vault'

export const plugin = definePlugin({
  needs: { vault: Vault },
  provides: { memory: OverlayMemory },
  start: ({ vault }) => ({
    memory: {
      read: (name) => vault.read(labels.overlay[name]),
      write: (name, value) => vault.write(labels.overlay[name], value),
    },
  }),
})
