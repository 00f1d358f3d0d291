import Database from 'better-sqlite3'
import { Kysely, sql, SqliteDialect } from 'kysely'
import { closeSync, openSync } from 'node:fs'
import type { DatabaseKind } from './database-kind.ts'
import type { Tables } from './tables.ts'

/** One file, for one process. What is in it is sealed by those who deposited it. */
export function openSqlite(file: string): DatabaseKind {
  if (file !== ':memory:') closeSync(openSync(file, 'a', 0o600))
  const driver = new Database(file, { timeout: 5_000 })
  for (const pragma of [
    'journal_mode = WAL',
    'synchronous = FULL',
    'secure_delete = ON',
    'foreign_keys = ON',
    'temp_store = MEMORY',
  ])
    driver.pragma(pragma)
  driver.exec(schema)
  const database = new Kysely<Tables>({ dialect: new SqliteDialect({ database: driver }) })
  return { database, bytes: sql.raw('BLOB'), close: () => database.destroy() }
}

const schema = `
  CREATE TABLE IF NOT EXISTS queue (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    recipient BLOB NOT NULL UNIQUE,
    sender BLOB NOT NULL UNIQUE,
    recipient_key BLOB NOT NULL,
    sender_key BLOB NOT NULL,
    used_hour INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS queue_used ON queue (used_hour);
  CREATE TABLE IF NOT EXISTS block (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    queue INTEGER NOT NULL REFERENCES queue,
    name BLOB NOT NULL,
    body BLOB NOT NULL,
    over_hour INTEGER NOT NULL,
    UNIQUE (queue, name)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS block_over ON block (over_hour);`
