import type { Clock } from '@palabre/sdk/contract/clock'
import type { Contacts } from '@palabre/sdk/contract/contacts'
import type { Identity } from '@palabre/sdk/contract/identity'
import type { Messenger } from '@palabre/sdk/contract/messenger'

/** What the commands are made from. */
export interface Lent {
  readonly messenger: Messenger
  readonly contacts: Contacts
  readonly identity: Identity
  readonly clock: Clock
}
