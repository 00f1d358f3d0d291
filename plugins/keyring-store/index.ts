import { definePlugin, messageOf } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { Keyring } from '@palabre/sdk/contract/keyring'
import { Store } from '@palabre/sdk/contract/store'
import { Suite } from '@palabre/sdk/contract/suite'
import { createStoredKeyring } from './stored-keyring.ts'

const hour = 60 * 60 * 1000

export const plugin = definePlugin({
  needs: { store: Store, suites: Suite, clock: Clock },
  provides: { keyring: Keyring },
  start({ store, suites, clock }, scope) {
    const keyring = createStoredKeyring({ store, suites, clock })
    // No reason to stop: whoever asks for keys that cannot be renewed is told why.
    const renew = () =>
      keyring.renew().catch((error: unknown) => scope.log.warn('prekeys could not be renewed', { reason: messageOf(error) }))
    suites.watch(() => void renew())
    scope.every(hour, renew)
    return { keyring }
  },
})
