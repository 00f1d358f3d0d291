import type { DBSchema, IDBPDatabase, IDBPTransaction } from 'idb'

/** What stands in the database: numbers that order things, codes that name them, and what is sealed. */
export interface Tables extends DBSchema {
  /** One row: a word that only the right key opens. */
  check: { key: 'check'; value: Uint8Array }
  records: { key: string; value: RecordRow; indexes: { kind: string } }
  conversations: { key: string; value: { lastPlace: number } }
  messages: {
    key: number
    value: MessageRow
    indexes: { id: string; place: [string, number]; unread: string; expires: number }
  }
  outbox: { key: number; value: OutboxEntry; indexes: { envelope: string; conversation: string } }
  seen: { key: string; value: SeenRow; indexes: { hour: number } }
}

interface RecordRow {
  readonly kind: string
  readonly sealedKey: Uint8Array
  readonly sealedValue: Uint8Array
}

export interface MessageRow {
  readonly id: string
  readonly conversation: string
  readonly place: number
  /** The conversation, there only while the message is unread. */
  readonly unread?: string
  /** The hour in which it expires; the moment is sealed. */
  readonly expires?: number
  readonly sealed: Uint8Array
}

export interface OutboxEntry {
  readonly envelope: string
  readonly conversation: string
  /** All but the two below. */
  readonly sealedRow: Uint8Array
  readonly sealedEnvelope: Uint8Array
  readonly sealedProof: Uint8Array
}

interface SeenRow {
  readonly hour: number
  readonly sealedAt: Uint8Array
  readonly sealedProof: Uint8Array
}

export const tableNames = ['records', 'conversations', 'messages', 'outbox', 'seen'] as const

export type Database = IDBPDatabase<Tables>
export type Writing = IDBPTransaction<Tables, typeof tableNames extends readonly (infer Name)[] ? Name[] : never, 'readwrite'>

/** Each released version has a step that leads from the one before. */
export function upgrade(database: Database, from: number): void {
  if (from < 1) version1(database)
}

export const version = 1

function version1(database: Database): void {
  database.createObjectStore('check')
  database.createObjectStore('records').createIndex('kind', 'kind')
  database.createObjectStore('conversations')
  const messages = database.createObjectStore('messages', { autoIncrement: true })
  messages.createIndex('id', 'id', { unique: true })
  messages.createIndex('place', ['conversation', 'place'], { unique: true })
  messages.createIndex('unread', 'unread')
  messages.createIndex('expires', 'expires')
  const outbox = database.createObjectStore('outbox', { autoIncrement: true })
  outbox.createIndex('envelope', 'envelope', { unique: true })
  outbox.createIndex('conversation', 'conversation')
  database.createObjectStore('seen').createIndex('hour', 'hour')
}

/** Times stand in the open by the hour only. */
export function hourOf(time: number): number {
  return Math.floor(time / 3_600_000)
}
