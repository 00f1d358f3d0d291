import { isPalabreError, PalabreError, text } from '@palabre/sdk'
import type { Log } from '@palabre/sdk/contract/log'
import type { DatabaseStore } from './database-store.ts'

/** The store as soon as its database is there; a database of one's own is there at once. */
export interface StoreKeeper {
  /** Fails with `unreachable` while it is not. */
  current(): DatabaseStore
  /** To be called every few seconds. Fails when waiting cannot mend it. */
  tend(): Promise<void>
}

interface KeeperSources {
  open(): Promise<DatabaseStore>
  /** Once, when it has been opened. */
  begin(store: DatabaseStore): Promise<void>
  readonly log: Log
}

export function createStoreKeeper({ open, begin, log }: KeeperSources): StoreKeeper {
  let store: DatabaseStore | undefined
  let away: PalabreError | undefined

  async function openFirst(): Promise<void> {
    const opened = await open()
    store = opened
    await begin(opened)
  }

  return {
    current() {
      if (away === undefined && store !== undefined) return store
      throw away ?? notYet()
    },
    async tend() {
      try {
        await (store === undefined ? openFirst() : store.tend())
        if (away !== undefined) log.info('the database is there again')
        away = undefined
      } catch (error) {
        if (!isPalabreError(error) || error.code !== 'unreachable') throw error
        if (away === undefined) log.warn(error.message)
        away = error
      }
    },
  }
}

const notYet = () =>
  new PalabreError('unreachable', text('the mailbox is starting', 'la boîte aux lettres démarre'), {
    todo: text('Try again in a moment.', 'Réessayez dans un instant.'),
  })
