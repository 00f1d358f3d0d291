import type { Clock } from '@palabre/sdk/contract/clock'
import type { Contacts } from '@palabre/sdk/contract/contacts'
import type { Identity } from '@palabre/sdk/contract/identity'
import type { Keyring } from '@palabre/sdk/contract/keyring'
import type { Log } from '@palabre/sdk/contract/log'
import type { Draft, MessengerEvent } from '@palabre/sdk/contract/messenger'
import type { EnvelopeSeen } from '@palabre/sdk/contract/message-hooks'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import type { Route } from '@palabre/sdk/contract/route'
import type { Store, StoredMessage } from '@palabre/sdk/contract/store'
import type { Suite } from '@palabre/sdk/contract/suite'
import type { Telling } from '@palabre/sdk/contract/telling'
import type { Text, Turns } from '@palabre/sdk'
import type { Delivery } from './delivery.ts'
import type { HeldBodies } from './held.ts'
import type { Lane } from './lane.ts'
import type { Outbox } from './outbox.ts'
import type { Seal } from './sealing.ts'

/** What the kernel lends the messenger. */
export interface Sources {
  readonly store: Store
  readonly identity: Identity
  readonly contacts: Contacts
  readonly keyring: Keyring
  readonly primitives: Primitives
  readonly clock: Clock
  readonly suites: Iterable<Suite>
  readonly routes: Iterable<Route>
  readonly tellings: Iterable<Telling>
  readonly log: Log
  readonly signal: AbortSignal
  /** The hooks of content and envelope. */
  filter(draft: Draft, conversation: string): Promise<Text | undefined>
  show(message: StoredMessage): void
  beforeRoute(envelope: EnvelopeSeen): void
}

/** What the stations of the messenger share. */
export interface Core extends Sources {
  readonly outbox: Outbox
  readonly held: HeldBodies
  readonly delivery: Delivery
  readonly seal: Seal
  lane(contact: string): Lane
  /** For what tells them of us. */
  readonly inTurn: Turns
  suiteCalled(name: string): Suite
  tell(event: MessengerEvent): void
  /** Reads it as it is now and tells of it. */
  tellMessage(kind: 'message' | 'changed', id: string): Promise<void>
}
