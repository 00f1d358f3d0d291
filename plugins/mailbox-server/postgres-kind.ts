import { Kysely, PostgresDialect, sql } from 'kysely'
import { Client, Pool, types, type ClientConfig, type CustomTypesConfig } from 'pg'
import type { DatabaseKind } from './database-kind.ts'
import { limits } from './limits.ts'
import { faultOf, tooOld } from './database-faults.ts'
import { openNeighbours } from './postgres-neighbours.ts'
import { migrate } from './postgres-schema.ts'
import type { Tables } from './tables.ts'

/** One database for several processes on several machines. Fails with words for a person, none of which tells the password. */
export async function openPostgres(address: string): Promise<DatabaseKind> {
  const pool = new Pool({ ...settings(address), max: limits.connections })
  // A connection that was lost while nobody used it: the next query takes another.
  pool.on('error', () => undefined)
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  try {
    await refuseOld(database)
    await migrate(database)
    const neighbours = await openNeighbours(() => new Client({ ...settings(address), query_timeout: limits.patience }))
    return {
      database,
      bytes: sql.raw('BYTEA'),
      neighbours,
      async close() {
        await neighbours.close()
        await database.destroy()
      },
    }
  } catch (error) {
    await pool.end()
    throw faultOf(error)
  }
}

const settings = (address: string): ClientConfig => ({
  connectionString: address,
  connectionTimeoutMillis: limits.patience,
  keepAlive: true,
  // What is promised to be kept is on the disk, and a dead machine's connection ends in half a minute.
  options: '-c synchronous_commit=on -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=4',
  types: { getTypeParser },
})

/** Our numbers stay far below the largest that is exact. */
const getTypeParser: CustomTypesConfig['getTypeParser'] = (oid, format) =>
  oid === types.builtins.INT8 ? Number : types.getTypeParser(oid, format)

async function refuseOld(database: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ server_version_num: string }>`SHOW server_version_num`.execute(database)
  const version = Number(rows[0]!.server_version_num)
  if (version < oldest) throw tooOld(version)
}

/** The oldest that is still maintained. */
const oldest = 140_000
