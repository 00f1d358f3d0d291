import type { Clock } from '@palabre/sdk/contract/clock'
import type { Identity } from '@palabre/sdk/contract/identity'
import type { Keyring } from '@palabre/sdk/contract/keyring'
import type { Log } from '@palabre/sdk/contract/log'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import type { Route } from '@palabre/sdk/contract/route'
import type { Store } from '@palabre/sdk/contract/store'

/** What the book is made from. */
export interface BookSources {
  readonly store: Store
  readonly identity: Identity
  readonly keyring: Keyring
  readonly primitives: Primitives
  readonly clock: Clock
  readonly routes: Iterable<Route>
  readonly log: Log
  readonly inviteDays: number
}
