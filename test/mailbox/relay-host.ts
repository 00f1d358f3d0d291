import { definePlugin } from '@palabre/sdk'
import { Network } from '@palabre/sdk/contract/network'
import { ProfileFolder } from '@palabre/sdk/contract/profile-folder'
import { relayLink } from '@palabre/sdk/contract/relay-link'
import type { StoredMessage } from '@palabre/sdk/contract/store'
import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import Database from 'better-sqlite3'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { recordingServer, type Recorded } from './recording-server.ts'
import { startPerson, type PersonOptions, type TestPerson } from '../messenger/person.ts'
import { until } from './until.ts'

/** A mailbox in a kernel of its own, at a node that listens on loopback. */
export interface TestRelay extends AsyncDisposable {
  /** To paste into a client. */
  readonly link: string
  readonly folder: string
  /** Rows of a table of its database. */
  count(table: 'queue' | 'block'): number
  /** Everything it logged, at every level. */
  log(): string
  stop(): Promise<void>
}

const plugins = ['clock-system', 'primitives-node', 'overlay-memory-none', 'network-libp2p', 'transport-tcp', 'channel-noise']

export async function startRelay(recorded?: Recorded): Promise<TestRelay> {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-relay-'))
  const host = await startTestHost({
    plugins: [
      ...plugins.map((id) => join(import.meta.dirname, '../../plugins', id)),
      await recordingServer(recorded),
      testPlugin(
        'profile-folder-here',
        definePlugin({
          provides: { folder: ProfileFolder },
          start: () => ({ folder: { file: (name: string) => join(folder, name) } }),
        }),
      ),
    ],
    config: { 'transport-tcp': { listen: ['/ip4/127.0.0.1/tcp/0'] }, 'network-libp2p': { inboundPerSecond: 10_000 } },
    lend: { network: Network },
    besideOthers: true,
  })
  const { network } = host.lent
  await network.ready()
  const addresses = network.addresses().map((one) => one.replace(/\/p2p\/[A-Za-z0-9]+$/, ''))
  return {
    link: relayLink({ peer: network.self, addresses }),
    folder,
    count: (table) => countRows(join(folder, 'mailbox.db'), table),
    log: () => JSON.stringify(host.log),
    stop: () => host.stop(),
    async [Symbol.asyncDispose]() {
      await host.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export function startPersonAt(relays: readonly Pick<TestRelay, 'link'>[], options: PersonOptions = {}): Promise<TestPerson> {
  const mailboxes = relays.map(({ link }) => link)
  return startPerson({ ...options, also: ['mailbox-client', ...(options.also ?? [])], config: { 'mailbox-client': { mailboxes } } })
}

/** What `who` knows of `whom` leads to a mailbox. */
export async function knowsMailboxOf(who: TestPerson, whom: TestPerson): Promise<boolean> {
  return (await who.contacts.get(whom.id))?.hints['mailbox'] !== undefined
}

/** What came has been acknowledged to its author's mailbox: some seconds after it was kept. */
export async function tellsWhatCame(who: TestPerson): Promise<void> {
  const owes = async () => (await who.host.lent.store.records('mailbox')).some(({ key }) => key.startsWith('proof/'))
  await until(owes)
  await until(async () => !(await owes()))
}

function countRows(file: string, table: string): number {
  const database = new Database(file, { timeout: 5_000 })
  try {
    return (database.prepare(`SELECT count(*) AS count FROM ${table}`).all() as { count: number }[])[0]!.count
  } finally {
    database.close()
  }
}

/** The message stands in the conversation, in this state. It may have come before anybody watched. */
export function has(who: TestPerson, peer: TestPerson['id'], text: string, state?: StoredMessage['state']): Promise<void> {
  return until(async () => {
    const messages = await who.messenger.history(peer, { limit: 500 })
    return messages.some((one) => one.text === text && (state === undefined || one.state === state))
  })
}
