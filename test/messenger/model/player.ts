import { definePlugin } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { Contacts } from '@palabre/sdk/contract/contacts'
import { Identity } from '@palabre/sdk/contract/identity'
import { showHook } from '@palabre/sdk/contract/message-hooks'
import { Messenger } from '@palabre/sdk/contract/messenger'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { Route, type Intake } from '@palabre/sdk/contract/route'
import { Store, type Change, type StoredMessage } from '@palabre/sdk/contract/store'
import { startTestHost, testPlugin, type FakeClock, type TestHost } from '@palabre/sdk/testkit'
import { join } from 'node:path'
import type { Who } from './moves.ts'
import type { Shelf } from './shelf.ts'
import type { Wire } from './wire.ts'

const lend = { contacts: Contacts, messenger: Messenger }
const plugins = ['suite-ratchet', 'keyring-store', 'contacts-book', 'messenger-pipeline'].map((id) =>
  join(import.meta.dirname, '../../../plugins', id),
)

export interface Surroundings {
  readonly who: Who
  readonly identity: Identity
  readonly primitives: Primitives
  readonly clock: FakeClock
  readonly wire: Wire
  /** What was committed, and what was shown. */
  committed(changes: readonly Change[]): void
  shown(message: StoredMessage): void
}

/** One person: the real messenger with all it needs in a real kernel, over what can be copied, lost and set back. */
export interface Player extends AsyncDisposable {
  readonly who: Who
  readonly id: Identity['userId']
  readonly messenger: Messenger
  readonly contacts: Contacts
  /** What roads are given; undefined while the program does not run. */
  readonly intake: Intake | undefined
  readonly shelf: Shelf
  /** Ends the program, in good order or not, and starts it again. */
  restart(how: { readonly crash: boolean; meanwhile?(shelf: Shelf): Promise<void> }): Promise<void>
  /** The kernel’s own time, by which it wakes the messenger now and then. */
  advance(ms: number): Promise<void>
}

export async function startPlayer(around: Surroundings, shelf: Shelf): Promise<Player> {
  let running = await startOnce(around, shelf)
  return {
    who: around.who,
    id: around.identity.userId,
    shelf,
    get messenger() {
      return running.host.lent.messenger
    },
    get contacts() {
      return running.host.lent.contacts
    },
    get intake() {
      return running.intake()
    },
    async restart({ crash, meanwhile }) {
      if (crash) running.freeze()
      await running.host.stop()
      running.freeze()
      await meanwhile?.(shelf)
      running = await startOnce(around, shelf)
    },
    advance: (ms) => running.host.clock.advance(ms),
    async [Symbol.asyncDispose]() {
      running.freeze()
      await running.host.stop()
    },
  }
}

interface Running {
  readonly host: TestHost<typeof lend>
  intake(): Intake | undefined
  /** Nothing is kept any more. */
  freeze(): void
}

async function startOnce(around: Surroundings, shelf: Shelf): Promise<Running> {
  let intake: Intake | undefined
  let isFrozen = false
  const kept = await shelf.open()
  const store: Store = {
    ...kept,
    async commit(changes) {
      // As a disk does it: later, so that a program can die before.
      await new Promise<void>((resolve) => setImmediate(resolve))
      if (isFrozen) throw new Error('the program is dead')
      const told = await kept.commit(changes)
      around.committed(changes)
      return told
    },
  }
  const ground = definePlugin({
    provides: { store: Store, identity: Identity, primitives: Primitives, clock: Clock, route: Route },
    start: (_needs, scope) => {
      scope.onStop(() => kept.close())
      return {
        store,
        identity: around.identity,
        primitives: around.primitives,
        clock: around.clock,
        route: around.wire.road(around.who, (given) => (intake = given)),
      }
    },
  })
  const eyes = definePlugin({ taps: [showHook], start: (_needs, scope) => scope.tap(showHook, around.shown) })
  const host = await startTestHost({
    plugins: [...plugins, testPlugin('ground', ground), testPlugin('eyes', eyes)],
    lend,
    besideOthers: true,
  })
  return { host, intake: () => intake, freeze: () => (isFrozen = true) }
}
