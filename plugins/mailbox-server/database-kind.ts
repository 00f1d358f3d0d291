import type { News } from '@palabre/sdk/contract/queue-store'
import type { Kysely, RawBuilder, Transaction } from 'kysely'
import type { Tables } from './tables.ts'

/** What one kind of database does in its own way. */
export interface DatabaseKind {
  readonly database: Kysely<Tables>
  /** The type of bytes. */
  readonly bytes: RawBuilder<unknown>
  /** Absent where one process has the database to itself, and writes one transaction at a time. */
  readonly neighbours?: Neighbours
  close(): Promise<void>
}

/** The other processes at the same database. */
export interface Neighbours {
  /** The number of this process; another one after each loss of the connection. */
  self(): number
  /** Nobody else changes these queues, or what is in them, until the transaction ends. */
  lock(transaction: Transaction<Tables>, queues: readonly number[]): Promise<void>
  /** Nobody else makes queues until the transaction ends. */
  makeAlone(transaction: Transaction<Tables>): Promise<void>
  /** Tells everybody, as soon as the transaction is committed, that there is something new in these queues. */
  tell(transaction: Transaction<Tables>, queues: readonly number[]): Promise<void>
  /** What others told; everything may be new after a time in which nothing was heard. */
  watch(fn: (news: News) => void): Disposable
  /** Frees what processes held that are no more, and finds back to a database that was lost. Fails while it is lost. */
  tend(): Promise<void>
  /** Two transactions got in each other's way, and this one was taken back: the same again will do. */
  isClash(error: unknown): boolean
}
