import type { Store } from '@palabre/sdk/contract/store'
import { takeChanges } from '@palabre/sdk/contract/store-changes'
import { openDB } from 'idb'
import { closed, damaged, faultOf, wrongKey } from './faults.ts'
import { createGroupCommit } from './group-commit.ts'
import { createReads } from './read-store.ts'
import type { Sealer } from './sealer.ts'
import { upgrade, version, type Database, type Tables } from './tables.ts'

export interface IndexedStore extends Store {
  /** Writes what was asked for before. Nothing can be had from it afterwards. */
  close(): Promise<void>
}

export async function openIndexedStore(sealer: Sealer): Promise<IndexedStore> {
  const database = await openTables()
  try {
    await checkKey(database, sealer)
  } catch (error) {
    database.close()
    throw faultOf(error)
  }
  return createIndexedStore(database, sealer)
}

function createIndexedStore(database: Database, sealer: Sealer): IndexedStore {
  const group = createGroupCommit(database, sealer)
  const reads = createReads(database, sealer)
  let isOpen = true
  const guarded = async <T>(read: () => Promise<T>): Promise<T> => {
    if (!isOpen) throw closed()
    try {
      return await read()
    } catch (error) {
      throw faultOf(error)
    }
  }

  return {
    commit: async (changes) => group.commit(takeChanges(changes)),
    record: (kind, key) => guarded(() => reads.record(kind, key)),
    records: (kind) => guarded(() => reads.records(kind)),
    message: (id) => guarded(() => reads.message(id)),
    messages: (conversation, page) => guarded(() => reads.messages(conversation, page)),
    conversations: () => guarded(() => reads.conversations()),
    search: (words, options) => guarded(() => reads.search(words, options)),
    expired: (now, limit) => guarded(() => reads.expired(now, limit)),
    outbox: (options) => guarded(() => reads.outbox(options)),
    seen: (envelope) => guarded(() => reads.seen(envelope)),
    // What the browser tells is about the whole site; most of it is this.
    size: async () => (await navigator.storage.estimate()).usage,
    async close() {
      isOpen = false
      await group.close()
      database.close()
    },
  }
}

async function openTables(): Promise<Database> {
  try {
    return await openDB<Tables>('palabre-store', version, {
      upgrade: (database, from) => upgrade(database, from),
      // The person clears the data, or another tab has a newer Palabre: nothing is held up.
      blocking: (_now, _next, event) => (event.target as IDBDatabase).close(),
    })
  } catch (error) {
    throw faultOf(error)
  }
}

/** A word that was sealed when the database was made. */
async function checkKey(database: Database, sealer: Sealer): Promise<void> {
  const transaction = database.transaction(['check', 'messages', 'records'], 'readwrite', { durability: 'strict' })
  const check = transaction.objectStore('check')
  const found = await check.get('check')
  if (found === undefined) {
    const kept = (await transaction.objectStore('messages').count()) + (await transaction.objectStore('records').count())
    if (kept > 0) throw damaged()
    await check.put(sealer.sealJson('check', 'palabre'), 'check')
  } else if (!opens(sealer, found)) throw wrongKey()
  await transaction.done
}

function opens(sealer: Sealer, check: Uint8Array): boolean {
  try {
    return sealer.openJson('check', check) === 'palabre'
  } catch {
    return false
  }
}
