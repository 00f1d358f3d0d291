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
import { betweenServer, type Between } from './between-server.ts'
import { startPerson, type PersonOptions, type TestPerson } from '../messenger/person.ts'
import { until } from './until.ts'

/** A mailbox in a kernel of its own, at a node that listens on loopback. */
export interface TestRelay extends AsyncDisposable {
  /** To paste into a client. */
  readonly link: string
  readonly folder: string
  /** Rows of a table of its database. */
  count(table: 'queue' | 'block'): number
  /** Does something to its database behind its back. */
  change(sql: string): void
  /** Everything it logged, at every level. */
  log(): string
  stop(): Promise<void>
}

const plugins = [
  'clock-system',
  'primitives-node',
  'mailbox-desk',
  'overlay-memory-none',
  'network-libp2p',
  'transport-tcp',
  'channel-noise',
]

interface TestRelayOptions extends Between {
  /** The address of a PostgreSQL; else a file of its own, at which `count` and `change` look. */
  readonly database?: string
}

export async function startRelay({ database = 'sqlite', ...between }: TestRelayOptions = {}): Promise<TestRelay> {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-relay-'))
  const host = await startTestHost({
    plugins: [
      ...plugins.map((id) => join(import.meta.dirname, '../../plugins', id)),
      await betweenServer(between),
      testPlugin(
        'profile-folder-here',
        definePlugin({
          provides: { folder: ProfileFolder },
          start: () => ({ folder: { file: (name: string) => join(folder, name) } }),
        }),
      ),
    ],
    config: {
      'transport-tcp': { listen: ['/ip4/127.0.0.1/tcp/0'] },
      'network-libp2p': { inboundPerSecond: 10_000 },
      'mailbox-server': { database },
    },
    lend: { network: Network },
    besideOthers: true,
  })
  const { network } = host.lent
  await network.ready()
  const addresses = network.addresses().map((one) => one.replace(/\/p2p\/[A-Za-z0-9]+$/, ''))
  return {
    link: relayLink({ peer: network.self, addresses }),
    folder,
    count: (table) => inDatabase(folder, (database) => countRows(database, table)),
    change: (sql) => inDatabase(folder, (database) => void database.exec(sql)),
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
  const config = { 'mailbox-client': { mailboxes }, ...options.config }
  return startPerson({ ...options, also: ['mailbox-client', ...(options.also ?? [])], config })
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

type Opened = InstanceType<typeof Database>

function inDatabase<T>(folder: string, work: (database: Opened) => T): T {
  const database = new Database(join(folder, 'mailbox.db'), { timeout: 5_000 })
  try {
    return work(database)
  } finally {
    database.close()
  }
}

const countRows = (database: Opened, table: string) =>
  (database.prepare(`SELECT count(*) AS count FROM ${table}`).all() as { count: number }[])[0]!.count

/** The message stands in the conversation, in this state. It may have come before anybody watched. */
export function has(who: TestPerson, peer: TestPerson['id'], text: string, state?: StoredMessage['state']): Promise<void> {
  return until(async () => {
    const messages = await who.messenger.history(peer, { limit: 500 })
    return messages.some((one) => one.text === text && (state === undefined || one.state === state))
  })
}

/** As many blocks in each of its queues as it may hold. */
export const fill = (relay: TestRelay) =>
  relay.change(
    `INSERT INTO block (queue, name, body, over_hour)
     WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 128)
     SELECT id, randomblob(16), zeroblob(16384), 99999999 FROM queue, many`,
  )
