import type { Kysely } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import { tooNew } from '../faults.ts'
import type { OpenDatabase } from '../open-database.ts'
import { schema1 } from './schema-1.ts'
import type { Tables } from './tables.ts'

/** In their order; a released one stays for ever. */
const migrations: Record<string, Migration> = { '0001': { up: schema1 } }

const newestSchema = Object.keys(migrations).length

/** From whatever schema it has to the newest, in whole or not at all. */
export async function migrate(database: OpenDatabase, queries: Kysely<Tables>): Promise<void> {
  const now = Number(database.pragma('user_version', { simple: true }))
  if (now > newestSchema) throw tooNew()
  if (now === newestSchema) return
  database.exec('BEGIN IMMEDIATE')
  try {
    const migrator = new Migrator({ db: queries, provider: { getMigrations: async () => migrations } })
    const { error } = await migrator.migrateToLatest()
    if (error instanceof Error) throw error
    database.pragma(`user_version = ${newestSchema}`)
    database.exec('COMMIT')
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK')
    throw error
  }
}
