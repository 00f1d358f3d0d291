import { sql, type Kysely } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import { tooNew } from './database-faults.ts'
import type { Tables } from './tables.ts'

/** In their order; a released one stays for ever. */
const migrations: Record<string, Migration> = {
  '0001': {
    async up(database) {
      for (const statement of first) await sql.raw(statement).execute(database)
    },
  },
}

/** Of several processes that start at once, one does it: the migrator holds an advisory lock, and the others wait. */
export async function migrate(database: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: async () => migrations },
    migrationTableName: 'migration',
    migrationLockTableName: 'migration_lock',
  })
  const { error } = await migrator.migrateToLatest()
  if (error instanceof Error) throw /executed migration \S+ is missing/.test(error.message) ? tooNew(error) : error
}

const first = [
  'CREATE TABLE process (id INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY)',
  `CREATE TABLE queue (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    recipient BYTEA NOT NULL UNIQUE,
    sender BYTEA NOT NULL UNIQUE,
    recipient_key BYTEA NOT NULL,
    sender_key BYTEA NOT NULL,
    used_hour INTEGER NOT NULL,
    holder INTEGER REFERENCES process ON DELETE SET NULL
  )`,
  'CREATE INDEX queue_used ON queue (used_hour)',
  'CREATE INDEX queue_holder ON queue (holder) WHERE holder IS NOT NULL',
  `CREATE TABLE block (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    queue BIGINT NOT NULL REFERENCES queue,
    name BYTEA NOT NULL,
    body BYTEA NOT NULL,
    over_hour INTEGER NOT NULL,
    UNIQUE (queue, name)
  )`,
  // What is sealed cannot be compressed.
  'ALTER TABLE block ALTER COLUMN body SET STORAGE EXTERNAL',
  'CREATE INDEX block_over ON block (over_hour)',
]
