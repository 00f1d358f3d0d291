import type { Store } from '@palabre/sdk/contract/store'
import { takeChanges } from '@palabre/sdk/contract/store-changes'
import { Kysely, SqliteDialect } from 'kysely'
import { createApplyChange } from './apply-changes.ts'
import { closed, faultOf } from './faults.ts'
import { sizeOf } from './file-salt.ts'
import { createGroupCommit } from './group-commit.ts'
import { openDatabase, type DatabaseParts, type OpenDatabase } from './open-database.ts'
import { createReads } from './read-store.ts'
import { migrate, migrations, type Migrations } from './schema/migrate.ts'
import type { Tables } from './schema/tables.ts'

export interface SqliteStore extends Store {
  /** Writes what was asked for before. Nothing can be had from it afterwards. */
  close(): void
}

export async function openSqliteStore(parts: DatabaseParts, steps: Migrations = migrations): Promise<SqliteStore> {
  const database = openDatabase(parts)
  try {
    const queries = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) })
    await migrate(database, queries, steps)
    return createSqliteStore(database, queries, parts.file)
  } catch (error) {
    database.close()
    throw faultOf(error)
  }
}

function createSqliteStore(database: OpenDatabase, queries: Kysely<Tables>, file: string): SqliteStore {
  const group = createGroupCommit(database, createApplyChange(database))
  const reads = createReads(database, queries)
  const guarded = async <T>(read: () => Promise<T>): Promise<T> => {
    if (!database.open) throw closed()
    try {
      return await read()
    } catch (error) {
      throw faultOf(error)
    }
  }

  return {
    commit: async (changes) => group.commit(takeChanges(changes)),
    record: (kind, key) => guarded(() => reads.record(kind, key)),
    records: (kind) => guarded(() => reads.records(kind)),
    message: (id) => guarded(() => reads.message(id)),
    messages: (conversation, page) => guarded(() => reads.messages(conversation, page)),
    conversations: () => guarded(() => reads.conversations()),
    search: (words, options) => guarded(() => reads.search(words, options)),
    expired: (now, limit) => guarded(() => reads.expired(now, limit)),
    outbox: (options) => guarded(() => reads.outbox(options)),
    seen: (envelope) => guarded(() => reads.seen(envelope)),
    size: async () => sizeOf(file) + sizeOf(`${file}-wal`),
    close() {
      group.close()
      database.close()
    },
  }
}
