import { definePlugin, messageOf } from '@palabre/sdk'
import { Identity } from '@palabre/sdk/contract/identity'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { Vault } from '@palabre/sdk/contract/vault'
import { openSeed } from './kept-seed.ts'
import { createSeedIdentity } from './seed-identity.ts'

export const plugin = definePlugin({
  needs: { vault: Vault, primitives: Primitives },
  provides: { identity: Identity },
  async start({ vault, primitives }, scope) {
    const identity = createSeedIdentity({
      primitives,
      kept: await openSeed(vault, primitives),
      onUnmarked: (error) => scope.log.warn('the identity could not be marked as used', { error: messageOf(error) }),
      onReplaced: () => scope.restart(),
    })
    scope.onStop(() => identity.close())
    return { identity }
  },
})
