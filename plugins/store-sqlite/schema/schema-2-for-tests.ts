import { sql, type Kysely } from 'kysely'

/** A schema that might come next: it changes every message and half of the tables. `between` runs when the first half is done. */
export function schema2(between: () => Promise<void>) {
  return async (database: Kysely<unknown>): Promise<void> => {
    await sql`ALTER TABLE messages ADD COLUMN starred INTEGER NOT NULL DEFAULT 0`.execute(database)
    await sql`UPDATE messages SET starred = 1 WHERE mine = 1`.execute(database)
    await sql`ALTER TABLE seen RENAME TO seen_before`.execute(database)
    await between()
    await sql`CREATE TABLE seen (envelope TEXT PRIMARY KEY, proof BLOB NOT NULL, at REAL NOT NULL) STRICT`.execute(database)
    await sql`INSERT INTO seen SELECT envelope, proof, at FROM seen_before`.execute(database)
    await sql`DROP TABLE seen_before`.execute(database)
  }
}
