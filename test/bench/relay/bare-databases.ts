import Database from 'better-sqlite3'
import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { blocksOfRound } from './box-user.ts'

/** The driver alone: a block in a transaction of its own, and each out again. Milliseconds for one. */
export interface BareDatabase {
  readonly name: string
  insert(): Promise<number>
  take(): Promise<number>
  close(): Promise<void>
}

const body = randomBytes(16_384)

export function openBareSqlite(file: string): BareDatabase {
  const database = new Database(file, { timeout: 0 })
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'secure_delete = ON']) database.pragma(pragma)
  database.exec('CREATE TABLE block (id INTEGER PRIMARY KEY, queue INTEGER, name BLOB, body BLOB, UNIQUE (queue, name))')
  const insert = database.prepare('INSERT INTO block (queue, name, body) VALUES (1, ?, ?)')
  const take = database.prepare('DELETE FROM block WHERE id = (SELECT min(id) FROM block) RETURNING body')
  return {
    name: 'better-sqlite3, a transaction each',
    insert: () => each(() => insert.run(randomBytes(16), body)),
    take: () => each(() => take.all()),
    close: async () => void database.close(),
  }
}

export async function openBarePostgres(address: string): Promise<BareDatabase> {
  const client = new Client({ connectionString: address })
  await client.connect()
  await client.query(
    'CREATE TABLE bare (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, queue BIGINT, name BYTEA, body BYTEA, UNIQUE (queue, name))',
  )
  await client.query('ALTER TABLE bare ALTER COLUMN body SET STORAGE EXTERNAL')
  const insert = { name: 'insert', text: 'INSERT INTO bare (queue, name, body) VALUES (1, $1, $2)' }
  const take = { name: 'take', text: 'DELETE FROM bare WHERE id = (SELECT min(id) FROM bare) RETURNING body' }
  return {
    name: 'pg, a transaction each',
    insert: () => each(() => client.query({ ...insert, values: [randomBytes(16), body] })),
    take: () => each(() => client.query(take)),
    close: () => client.end(),
  }
}

async function each(act: () => unknown): Promise<number> {
  const begun = performance.now()
  for (let n = 0; n < blocksOfRound; n++) await act()
  return (performance.now() - begun) / blocksOfRound
}
