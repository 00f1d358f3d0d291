/// <reference path="better-sqlite3.d.ts" preserve="true" />
import type { Primitives } from '@palabre/sdk/contract/primitives'
import Database from 'better-sqlite3'
import { closeSync, openSync } from 'node:fs'
import { damaged, faultOf, wrongKey } from './faults.ts'
import { isSaltOf, newSalt, readSalt, sizeOf } from './file-salt.ts'

export type OpenDatabase = Database

export interface DatabaseParts {
  readonly file: string
  /** 32 bytes; may be overwritten afterwards. */
  readonly key: Uint8Array
  readonly primitives: Primitives
}

/** In the format of SQLCipher 4, held by this process alone. Makes it where there is none, and only there. */
export function openDatabase({ file, key, primitives }: DatabaseParts): OpenDatabase {
  const found = readSalt(file)
  // A log without its database: somebody took the database away.
  if (found === undefined && sizeOf(`${file}-wal`) > 0) throw damaged()
  if (found !== undefined && !isSaltOf(primitives, key, found)) throw wrongKey()
  // Made here, so that it and what the driver puts beside it are its owner's only.
  closeSync(openSync(file, 'a', 0o600))

  const database = new Database(file, { timeout: 0 })
  try {
    unlock(database, key, found ?? newSalt(primitives, key))
    for (const pragma of settings) database.pragma(pragma)
    return database
  } catch (error) {
    database.close()
    throw faultOf(error)
  }
}

const settings = [
  // Before the first look at the file: then there is no memory shared with other processes, and none of their files.
  'locking_mode = EXCLUSIVE',
  'journal_mode = WAL',
  'synchronous = FULL',
  'temp_store = MEMORY',
  'secure_delete = ON',
  'foreign_keys = ON',
  'trusted_schema = OFF',
  'cache_size = -16000',
]

/** Written out as bytes: text would stay in memory until it is collected. */
function unlock(database: OpenDatabase, key: Uint8Array, salt: Uint8Array): void {
  const literal = Buffer.concat([Buffer.from(`x'`), hexOf(key), hexOf(salt), Buffer.from(`'`)])
  try {
    database.pragma(`cipher = 'sqlcipher'`)
    database.pragma('legacy = 4')
    database.key(literal)
  } finally {
    literal.fill(0)
  }
}

function hexOf(bytes: Uint8Array): Uint8Array {
  const digits = '0123456789abcdef'
  return Uint8Array.from({ length: 2 * bytes.length }, (_, i) => digits.charCodeAt((bytes[i >> 1]! >> (i % 2 === 0 ? 4 : 0)) & 15))
}
