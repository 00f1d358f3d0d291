import type { Log } from '@palabre/sdk/contract/log'
import { createQueueStore } from './database-store.ts'
import type { QueueStore } from './queue-store.ts'
import { openSqlite } from './sqlite-kind.ts'

export interface QueueStoreOptions {
  /** `sqlite`, or the address of a PostgreSQL: `postgres://…`. */
  readonly database: string
  readonly file: string
  readonly maxQueues: number
  readonly log: Log
}

export async function openQueueStore({ file, maxQueues }: QueueStoreOptions): Promise<QueueStore> {
  return createQueueStore(openSqlite(file), { maxQueues })
}
