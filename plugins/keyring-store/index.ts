import { definePlugin } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { Keyring } from '@palabre/sdk/contract/keyring'
import { Store } from '@palabre/sdk/contract/store'
import { Suite } from '@palabre/sdk/contract/suite'
import { createStoredKeyring } from './stored-keyring.ts'

export const plugin = definePlugin({
  needs: { store: Store, suites: Suite, clock: Clock },
  provides: { keyring: Keyring },
  start: ({ store, suites, clock }) => ({ keyring: createStoredKeyring({ store, suites, clock }) }),
})
