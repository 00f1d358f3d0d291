import { messageOf, PalabreError, text } from '@palabre/sdk'
import { moveWhole, readWhole, removeWhole, replaceWhole, sweepBeside } from './durable-files.ts'
import { exclusively } from './file-lock.ts'
import { formatRecord, parseRecord, type VaultRecord } from './vault-record.ts'

/** Where the vault is kept, and in which order its files are written, so that it opens whenever the process dies. */
export interface VaultFiles {
  /** For people: where they are. */
  readonly name: string
  readonly keyName: string
  /** While `work` runs, no other process changes these files. Everything below `read` happens inside. */
  alone<T>(work: () => Promise<T>): Promise<T>
  /** Undefined when there is none. Fails with `storage-failed` when it is damaged. */
  read(): Promise<VaultRecord | undefined>
  /** Brings to its end what a process that died has begun. Fails with `storage-failed` when half of the vault is missing. */
  tidy(): Promise<void>
  readKey(): Promise<Uint8Array | undefined>
  /** The same wrap, other secrets. */
  write(record: VaultRecord): Promise<void>
  /** From now on wrapped by this key file. */
  writeWithKey(record: VaultRecord, fileKey: Uint8Array): Promise<void>
  /** From now on wrapped without a key file: the old one is removed. */
  writeWithoutKey(record: VaultRecord): Promise<void>
}

/** A new key waits under another name until the vault that it opens is in place. */
export function openVaultFiles(place: (name: string) => string): VaultFiles {
  const [vault, key, nextKey, lock] = ['vault.json', 'vault.key', 'vault.key.next', 'vault.lock'].map(place) as [
    string,
    string,
    string,
    string,
  ]
  const read = () =>
    guarded('read', vault, async () => {
      const content = await readWhole(vault)
      if (content === undefined) return undefined
      const record = parseRecord(content)
      if (record === undefined) throw damaged(vault)
      return record
    })

  return {
    name: vault,
    keyName: key,
    alone: (work) => guarded('write', lock, () => exclusively(lock, work)),
    read,
    async tidy() {
      const record = await read()
      await guarded('write', vault, async () => {
        const hasKey = (await readWhole(key)) !== undefined
        if (record === undefined && hasKey) throw lost(vault, key)
        if (record?.wrap.by === 'key-file' && !hasKey) await moveWhole(nextKey, key)
        if (record?.wrap.by === 'passphrase') await removeWhole(key)
        await removeWhole(nextKey)
        await sweepBeside([vault, nextKey, lock])
      })
    },
    readKey: () => guarded('read', key, () => readWhole(key)),
    write: (record) => guarded('write', vault, () => replaceWhole(vault, formatRecord(record))),
    writeWithKey: (record, fileKey) =>
      guarded('write', vault, async () => {
        await replaceWhole(nextKey, fileKey)
        await replaceWhole(vault, formatRecord(record))
        await moveWhole(nextKey, key)
      }),
    writeWithoutKey: (record) =>
      guarded('write', vault, async () => {
        await replaceWhole(vault, formatRecord(record))
        await removeWhole(key)
      }),
  }
}

export function damaged(file: string): PalabreError {
  return new PalabreError(
    'storage-failed',
    text(`${file} is damaged; it was left as it is`, `${file} est endommagé ; il a été laissé tel quel`),
    { todo: wayBack },
  )
}

function lost(vault: string, key: string): PalabreError {
  return new PalabreError(
    'storage-failed',
    text(`${vault} is missing, though its key ${key} is there`, `${vault} manque, alors que sa clé ${key} est là`),
    { todo: wayBack },
  )
}

const wayBack = text(
  'Put back a copy of the vault’s files, or move them away and restore your identity: palabre id restore',
  'Remettez une copie des fichiers du coffre, ou écartez-les et restaurez votre identité : palabre id restore',
)

async function guarded<T>(doing: 'read' | 'write', file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof PalabreError) throw error
    const why = messageOf(error)
    const said =
      doing === 'read'
        ? text(`${file} cannot be read: ${why}`, `${file} ne peut être lu : ${why}`)
        : text(`${file} cannot be written: ${why}`, `${file} ne peut être écrit : ${why}`)
    const todo = text('See to its folder: rights, free space.', 'Voyez son dossier : droits, place libre.')
    throw new PalabreError('storage-failed', said, { todo, cause: error })
  }
}
