import { PalabreError, text } from '@palabre/sdk'

/** What the browser keeps: the record, and the key that it uses for us but does not give away. */
export interface KeptVault {
  readonly record: unknown
  readonly key: CryptoKey | undefined
}

export interface VaultPlace {
  read(): Promise<KeptVault>
  /**
   * Changes what is there now, while no other tab does: `change` gets it and returns what shall be there, or undefined to leave it.
   * It must not wait for anything.
   */
  change(change: (now: KeptVault) => KeptVault | undefined): Promise<KeptVault>
  close(): void
}

const [database, table] = ['palabre-vault', 'vault']

export async function openVaultPlace(): Promise<VaultPlace> {
  const opening = indexedDB.open(database, 1)
  opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(table))
  const opened = await done(opening)
  // Another tab clears the data or has a newer Palabre: nothing is held up.
  opened.addEventListener('versionchange', () => opened.close())

  const inTransaction = async (mode: IDBTransactionMode, work: (store: IDBObjectStore, now: KeptVault) => KeptVault) =>
    guarded(async () => {
      const transaction = opened.transaction(table, mode, { durability: 'strict' })
      const finished = ended(transaction)
      const store = transaction.objectStore(table)
      const [record, key] = await Promise.all([done(store.get('record')), done(store.get('key'))])
      let result: KeptVault
      try {
        result = work(store, { record: record as unknown, key: key as CryptoKey | undefined })
      } catch (error) {
        transaction.abort()
        await finished.catch(() => undefined)
        throw error
      }
      await finished
      return result
    })

  return {
    read: () => inTransaction('readonly', (_store, now) => now),
    change: (change) =>
      inTransaction('readwrite', (store, now) => {
        const next = change(now)
        if (next === undefined) return now
        store.put(next.record, 'record')
        if (next.key === undefined) store.delete('key')
        else store.put(next.key, 'key')
        return next
      }),
    close: () => opened.close(),
  }
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(failed(request.error)))
  })
}

function ended(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve())
    transaction.addEventListener('abort', () => reject(failed(transaction.error)))
  })
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof PalabreError ? error : failed(error)
  }
}

function failed(cause: unknown): PalabreError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new PalabreError(
    'storage-failed',
    text(`the browser could not keep the vault: ${why}`, `le navigateur n’a pas pu garder le coffre : ${why}`),
    {
      todo: text(
        'See whether this browser lets sites keep data, and has room left.',
        'Voyez si ce navigateur laisse les sites garder des données, et s’il a de la place.',
      ),
      cause,
    },
  )
}
