import type { ProfileFolder } from '@palabre/sdk/contract/profile-folder'
import { readDatabaseAddress } from './database-address.ts'
import { createQueueStore, type DatabaseStore } from './database-store.ts'

export type { DatabaseStore } from './database-store.ts'

export interface MailboxSettings {
  readonly database: string
  readonly maxQueues: number
}

/** The store that the settings name. The drivers are heavy, and only one of them is loaded. */
export async function openStore({ database, maxQueues }: MailboxSettings, folder: ProfileFolder): Promise<DatabaseStore> {
  const address = readDatabaseAddress(database)
  return createQueueStore(address.kind === 'sqlite' ? await sqlite() : await postgres(address.url), { maxQueues })

  async function sqlite() {
    const { openSqlite } = await import('./sqlite-kind.ts')
    return openSqlite(folder.file('mailbox.db'))
  }

  async function postgres(url: string) {
    const { openPostgres } = await import('./postgres-kind.ts')
    return openPostgres(url)
  }
}
