import { definePlugin } from '@palabre/sdk'
import { Asker } from '@palabre/sdk/contract/asker'
import { Clock } from '@palabre/sdk/contract/clock'
import { Contacts } from '@palabre/sdk/contract/contacts'
import { Identity } from '@palabre/sdk/contract/identity'
import { Messenger, type MessengerEvent } from '@palabre/sdk/contract/messenger'
import { Network } from '@palabre/sdk/contract/network'
import { ProfileFolder } from '@palabre/sdk/contract/profile-folder'
import { Store, type StoredMessage } from '@palabre/sdk/contract/store'
import { startTestHost, testPlugin, type TestHost, type TestPlugin } from '@palabre/sdk/testkit'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAheadClock } from '../mailbox/clock-ahead/ahead-clock.ts'

const wanted = { store: Store, contacts: Contacts, messenger: Messenger, identity: Identity, network: Network }

/** Somebody with a program of their own: the real plugins in a real kernel, a profile folder, a node that listens on loopback. */
export interface TestPerson extends AsyncDisposable {
  readonly id: Identity['userId']
  readonly contacts: Contacts
  readonly messenger: Messenger
  readonly network: Network
  readonly events: readonly MessengerEvent[]
  /** Resolves with the first event, of before or of now, that fits. */
  sees(fits: (event: MessengerEvent) => boolean): Promise<MessengerEvent>
  /** Resolves once a message with this text stands in this state. */
  seesText(text: string, state?: StoredMessage['state']): Promise<StoredMessage>
  /** Ends the program; the folder stays, for the next one. */
  stop(): Promise<void>
  /** Starts the program again on the same folder; at a later hour, say. */
  restart(more?: PersonOptions): Promise<TestPerson>
  readonly host: TestHost<typeof wanted>
}

export interface PersonOptions {
  readonly folder?: string
  readonly store?: 'store-sqlite' | 'store-memory'
  readonly without?: readonly string[]
  readonly listen?: string
  readonly more?: readonly TestPlugin[]
  /** More plugins, by name, and what is set for them. */
  readonly also?: readonly string[]
  /** By so many hours the person's clock is ahead of the machine's, asked anew each time. */
  readonly ahead?: () => number
  readonly config?: Readonly<Record<string, object>>
}

/** Generous: only a fault takes so long. */
const patience = 30_000

const base = [
  'clock-system',
  'primitives-node',
  'vault-file',
  'identity-seed',
  'suite-ratchet',
  'keyring-store',
  'contacts-book',
  'messenger-pipeline',
  'overlay-memory-vault',
  'network-libp2p',
  'transport-tcp',
  'channel-noise',
  'route-link',
]

export async function startPerson(options: PersonOptions = {}): Promise<TestPerson> {
  const { store = 'store-sqlite', without = [], also = [], config = {}, listen = '/ip4/127.0.0.1/tcp/0', ahead } = options
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'palabre-person-'))
  const own = ahead === undefined ? [] : [testPlugin('clock-ahead', clockAhead(ahead))]
  const plugins = [...base, ...also, store]
    .filter((id) => !without.includes(id) && (ahead === undefined || id !== 'clock-system'))
    .map((id) => join(import.meta.dirname, '../../plugins', id))
  const host = await startTestHost({
    plugins: [...plugins, ...own, testPlugin('profile-folder-here', folderAt(folder)), ...(options.more ?? [])],
    config: { 'transport-tcp': { listen: [listen] }, ...config },
    lend: wanted,
    besideOthers: true,
  })
  const { contacts, messenger, identity, network } = host.lent
  const events: MessengerEvent[] = []
  const looking = new Set<() => void>()
  messenger.watch((event) => {
    events.push(event)
    for (const look of looking) look()
  })
  await network.ready()
  // What the kernel runs now and then goes by its own clock; plugins and sockets by the real one.
  const minutes = setInterval(() => void host.clock.advance(1_000), 1_000)

  let stopped = false
  const stop = async () => {
    if (stopped) return
    stopped = true
    clearInterval(minutes)
    await host.stop()
  }
  const sees = (fits: (event: MessengerEvent) => boolean) =>
    new Promise<MessengerEvent>((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error(`not seen in ${patience} ms: ${fits.toString()}; the last: ${JSON.stringify(events.slice(-5))}`)),
        patience,
      )
      const look = () => {
        const found = events.find(fits)
        if (found === undefined) return
        looking.delete(look)
        clearTimeout(late)
        resolve(found)
      }
      looking.add(look)
      look()
    })
  return {
    id: identity.userId,
    contacts,
    messenger,
    network,
    events,
    host,
    sees,
    async seesText(text, state) {
      const event = await sees(
        (one) => 'message' in one && one.message.text === text && (state === undefined || one.message.state === state),
      )
      return (event as Extract<MessengerEvent, { kind: 'message' }>).message
    },
    stop,
    async restart(more) {
      await stop()
      return startPerson({ ...options, ...more, folder })
    },
    async [Symbol.asyncDispose]() {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const clockAhead = (hours: () => number) =>
  definePlugin({ provides: { clock: Clock }, start: (_needs, scope) => ({ clock: createAheadClock(hours, scope.signal) }) })

function folderAt(folder: string) {
  return definePlugin({
    provides: { folder: ProfileFolder, asker: Asker },
    start: () => ({
      folder: { file: (name: string) => join(folder, name) },
      asker: { isAttended: false, secret: async () => undefined },
    }),
  })
}

/** Makes the two contacts of each other, by an invite that the first one gives. */
export async function meet(inviter: TestPerson, guest: TestPerson, name = 'Inviter'): Promise<void> {
  const { link } = await inviter.contacts.createInvite({ name })
  await guest.contacts.acceptInvite(link)
  const isUp = (who: string) => (event: MessengerEvent) =>
    event.kind === 'reachability' && event.conversation === who && event.reachability.state === 'up'
  await Promise.all([inviter.sees(isUp(guest.id)), guest.sees(isUp(inviter.id))])
}
