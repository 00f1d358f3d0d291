import { toBase64Url, toHex } from '@palabre/sdk'
import { mailboxWire } from '@palabre/sdk/contract/mailbox-wire'
import Database from 'better-sqlite3'
import { join } from 'node:path'
import { Client } from 'pg'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { meet, type TestPerson } from '../messenger/person.ts'
import { startPostgres } from '../postgres/start-postgres.ts'
import { filesIn } from '../story/what-is-held.ts'
import type { Recorded } from './between-server.ts'
import { has, knowsMailboxOf, startPersonAt, startRelay, tellsWhatCame, type TestRelay } from './relay-host.ts'
import { until } from './until.ts'

/** The sizes that messages of the protocol have, and no other. */
const grid = { written: [33, 7, 6, 16_403, 3], read: [86, 165, 16_391, 7, 23] }

test('everything a mailbox reads, writes, keeps and logs tells no word, no name, no key, and sizes only on the grid', async () => {
  const recorded: Recorded = { read: [], written: [] }
  await using relay = await startRelay({ recorded })
  const file = join(relay.folder, 'mailbox.db')
  const { secrets, files } = await converse(
    relay,
    async (sql) => rowsOfSqlite(file, sql),
    () => filesIn(relay.folder),
  )
  assert.ok(files.length >= 3, 'the database, and its log of writes beside it')
  tellsNothing(secrets, [...files, ...(await seenBy(relay, recorded))])
})

test('a PostgreSQL, its tables, its files and its log of writes, tells no more than that', async () => {
  await using server = await startPostgres()
  if (server === undefined) return console.log('SKIPPED: looking into a PostgreSQL: there is none for this machine')
  const recorded: Recorded = { read: [], written: [] }
  const database = await server.newDatabase()
  await using relay = await startRelay({ recorded, database })
  const { secrets } = await converse(relay, (sql) => rowsOfPostgres(database, sql))
  const seen = await seenBy(relay, recorded)
  await relay.stop()
  await server.stop()
  const files = filesIn(server.data)
  assert.ok(
    files.some((one) => one.includes('recipient_key')),
    'what is there is found',
  )
  tellsNothing(secrets, [...files, ...seen])
})

type Rows = (sql: string) => Promise<readonly Record<string, unknown>[]>

/** Three write past each other; what is kept of it meanwhile is on the grid, and nothing of one queue is found in another. */
async function converse(relay: TestRelay, rows: Rows, files: () => readonly Buffer[] = () => []) {
  await using ada = await startPersonAt([relay])
  await using bob = await startPersonAt([relay])
  await using carol = await startPersonAt([relay])
  await ada.contacts.setMyName('Ada Marker-Name')
  for (const guest of [bob, carol]) {
    await meet(ada, guest)
    await until(async () => (await knowsMailboxOf(ada, guest)) && (await knowsMailboxOf(guest, ada)))
  }
  await until(async () => (await queuesOf(rows)).length >= 6)
  const keys = await Promise.all([keyOf(bob, ada), keyOf(ada, bob), keyOf(ada, carol)])
  await ada.stop()
  for (const [length, guest] of [
    [1, bob],
    [300, carol],
    [20_000, bob],
  ] as const) {
    const text = `${marker} ${'x'.repeat(length)}`
    await guest.messenger.send(ada.id, { text })
    await has(guest, ada.id, text, 'stored')
  }
  const [queues, kept] = [await queuesOf(rows), files()]
  await using back = await ada.restart()
  await has(back, carol.id, `${marker} ${'x'.repeat(300)}`)
  await tellsWhatCame(back)
  areApart(queues)
  const secrets = [
    marker,
    'Marker-Name',
    ...[ada, bob, carol].flatMap(({ id, network }) => [id, network.self]),
    ...keys.flatMap((key) => [Buffer.from(key), toHex(key), toBase64Url(key)]),
  ]
  return { secrets, files: kept }
}

const marker = 'the-marker-that-nobody-may-see'

const keyOf = async (who: TestPerson, whom: TestPerson) => (await who.contacts.get(whom.id))!.key

/** What passed its streams, each piece of a size on the grid, and its log at its chattiest. */
async function seenBy(relay: TestRelay, { read, written }: Recorded): Promise<Buffer[]> {
  assert.ok(read.length > 20 && written.length > 20)
  for (const { length } of written) assert.ok(grid.written.includes(length), `wrote ${length} bytes`)
  for (const { length } of read) assert.ok(grid.read.includes(length), `read ${length} bytes`)
  return [Buffer.concat(read), Buffer.concat(written), Buffer.from(relay.log())]
}

function tellsNothing(secrets: readonly (string | Buffer)[], seen: readonly Buffer[]): void {
  for (const secret of secrets) for (const one of seen) assert.is(one.indexOf(secret), -1, String(secret))
}

/** Everything that is kept of each queue. */
async function queuesOf(rows: Rows): Promise<readonly Buffer[]> {
  const blocks = Map.groupBy(await rows('SELECT queue, name, body FROM block'), ({ queue }) => queue)
  const queues = await rows('SELECT id, recipient, sender, recipient_key, sender_key FROM queue')
  return queues.map(({ id, ...columns }) =>
    Buffer.concat([columns, ...(blocks.get(id) ?? []).map(({ name, body }) => ({ name, body }))].flatMap(Object.values)),
  )
}

function areApart(queues: readonly Buffer[]): void {
  const holding = queues.filter(({ length }) => length > mailboxWire.block)
  assert.ok(holding.length >= 2, `${holding.length} queues hold something`)
  const emptyQueue = 16 + 16 + 32 + 32
  for (const { length } of queues) assert.is((length - emptyQueue) % (16 + mailboxWire.block), 0, `${length} bytes of a queue`)
  const pieces = queues.map((bytes) => piecesOf(bytes, 9))
  for (const [index, one] of pieces.entries())
    for (const other of pieces.slice(index + 1)) assert.ok(one.isDisjointFrom(other), 'two queues have something in common')
}

const piecesOf = (bytes: Buffer, length: number) =>
  new Set(Array.from({ length: bytes.length - length + 1 }, (_, at) => bytes.toString('latin1', at, at + length)))

function rowsOfSqlite(file: string, sql: string): Record<string, unknown>[] {
  const database = new Database(file, { timeout: 5_000 })
  try {
    return database.prepare(sql).all() as Record<string, unknown>[]
  } finally {
    database.close()
  }
}

async function rowsOfPostgres(database: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: database })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

test.run()
