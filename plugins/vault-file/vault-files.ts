import { PalabreError, messageOf, text } from '@palabre/sdk'
import { createWhole, isOld, moveWhole, readWhole, removeWhole, replaceWhole, sweepBeside } from './durable-files.ts'
import { formatRecord, parseRecord, type VaultRecord } from './vault-record.ts'

/** Where the vault is kept, and in which order its files are written, so that it opens whenever the process dies. */
export interface VaultFiles {
  /** For people: where they are. */
  readonly name: string
  readonly keyName: string
  /** Undefined when there has never been one. Fails with `storage-failed` when it is damaged or half of it is missing. */
  read(): Promise<VaultRecord | undefined>
  /** Puts a first one in place with its key; when another process was faster, its vault stays and false is returned. */
  create(make: (fileKey: Uint8Array) => VaultRecord, freshKey: Uint8Array): Promise<boolean>
  /** The same wrap, other secrets. */
  write(record: VaultRecord): Promise<void>
  /** From now on wrapped by this key file. */
  writeWithKey(record: VaultRecord, fileKey: Uint8Array): Promise<void>
  /** From now on wrapped without a key file: the old one is removed. */
  writeWithoutKey(record: VaultRecord): Promise<void>
  readKey(): Promise<Uint8Array | undefined>
}

/** A new key waits under another name until the vault that it opens is in place. */
export function openVaultFiles(place: (name: string) => string): VaultFiles {
  const [vault, key, nextKey] = ['vault.json', 'vault.key', 'vault.key.next'].map(place) as [string, string, string]

  return {
    name: vault,
    keyName: key,
    read: () =>
      guarded('read', vault, async () => {
        await sweepBeside([vault, key, nextKey])
        const content = await readWhole(vault)
        if (content === undefined) {
          if ((await readWhole(key)) === undefined) return undefined
          throw lost(vault, key)
        }
        const record = parseRecord(content)
        if (record === undefined) throw damaged(vault)
        // Whatever was interrupted is brought to its end; what is young may be another process at work.
        if (record.wrap.by === 'key-file' && (await readWhole(key)) === undefined) await moveWhole(nextKey, key)
        if (record.wrap.by === 'passphrase' && (await isOld(key))) await removeWhole(key)
        if (await isOld(nextKey)) await removeWhole(nextKey)
        return record
      }),

    create: (make, freshKey) =>
      guarded('write', vault, async () => {
        await createWhole(nextKey, freshKey)
        // Somebody else's, when he was faster; and none when he has finished.
        const fileKey = await readWhole(nextKey)
        const made = fileKey !== undefined && (await createWhole(vault, formatRecord(make(fileKey))))
        if (made) await moveWhole(nextKey, key)
        return made
      }),

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

    readKey: () => guarded('read', key, () => readWhole(key)),
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
