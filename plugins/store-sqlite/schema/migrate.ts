import type { Kysely } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import { tooNew } from '../faults.ts'
import type { OpenDatabase } from '../open-database.ts'
import { schema1 } from './schema-1.ts'
import type { Tables } from './tables.ts'

export type Migrations = Readonly<Record<string, Migration>>

/** In their order; a released one stays for ever, and so does a database of its time in `released`. */
export const migrations: Migrations = { '0001': { up: schema1 } }

/** From whatever schema it has to the newest, in whole or not at all. */
export async function migrate(database: OpenDatabase, queries: Kysely<Tables>, steps: Migrations): Promise<void> {
  const newestSchema = Object.keys(steps).length
  const now = Number(database.pragma('user_version', { simple: true }))
  if (now > newestSchema) throw tooNew()
  if (now === newestSchema) return
  database.exec('BEGIN IMMEDIATE')
  try {
    const migrator = new Migrator({ db: queries, provider: { getMigrations: async () => steps } })
    const { error } = await migrator.migrateToLatest()
    if (error instanceof Error) throw error
    database.pragma(`user_version = ${newestSchema}`)
    database.exec('COMMIT')
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK')
    throw error
  }
}
