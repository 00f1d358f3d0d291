import { PalabreError, text } from '@palabre/sdk'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import { createFileVault, type OpenVault } from './file-vault.ts'
import { damaged, type VaultFiles } from './vault-files.ts'
import { keysFrom } from './vault-keys.ts'
import type { VaultRecord, WrapByPassphrase } from './vault-record.ts'
import { unwrapByFile, unwrapByPassphrase, wrapByFile } from './wrapping.ts'

export interface Opening {
  readonly primitives: Primitives
  readonly files: VaultFiles
  /** Undefined when nobody can be asked. */
  askPassphrase(): Promise<string | undefined>
  readonly signal?: AbortSignal
}

/** Opens the vault of this profile, and makes one where there has never been one; asks only for a passphrase that was set. */
export async function openVault(opening: Opening): Promise<OpenVault> {
  const { primitives, files } = opening
  const stored = await files.alone(() => readOrMake(opening))
  const dataKey = await unwrap(opening, stored)
  const keys = keysFrom(primitives, dataKey)
  if (!keys.isBound(stored.record)) throw damaged(files.name)
  return createFileVault({ primitives, files, keys, wrap: stored.record.wrap })
}

interface Stored {
  readonly record: VaultRecord
  readonly fileKey: Uint8Array | undefined
}

async function readOrMake(opening: Opening): Promise<Stored> {
  const { files } = opening
  await files.tidy()
  const record = (await files.read()) ?? (await makeFirst(opening))
  return { record, fileKey: record.wrap.by === 'key-file' ? await files.readKey() : undefined }
}

async function makeFirst({ primitives, files }: Opening): Promise<VaultRecord> {
  const fileKey = primitives.randomBytes(32)
  const keys = keysFrom(primitives, primitives.randomBytes(32))
  const record = keys.bind(wrapByFile(primitives, keys.dataKey, fileKey), new Map())
  keys.forget()
  await files.writeWithKey(record, fileKey)
  return record
}

async function unwrap(opening: Opening, { record: { wrap }, fileKey }: Stored): Promise<Uint8Array> {
  if (wrap.by === 'passphrase') return unwrapAsking(opening, wrap)
  const { primitives, files } = opening
  if (fileKey === undefined) throw keyless(files.keyName)
  const dataKey = fileKey.length === 32 ? unwrapByFile(primitives, wrap, fileKey) : undefined
  fileKey.fill(0)
  if (dataKey === undefined) throw damaged(files.keyName)
  return dataKey
}

async function unwrapAsking({ primitives, askPassphrase, signal }: Opening, wrap: WrapByPassphrase): Promise<Uint8Array> {
  const passphrase = await askPassphrase()
  if (passphrase === undefined) throw unanswered()
  const dataKey = await unwrapByPassphrase(primitives, wrap, passphrase, signal === undefined ? {} : { signal })
  if (dataKey === undefined) throw refused()
  return dataKey
}

function unanswered(): PalabreError {
  return new PalabreError(
    'denied',
    text(
      'your keys are protected by a passphrase, and nobody could be asked for it',
      'vos clés sont protégées par une phrase secrète, et personne n’a pu la donner',
    ),
    {
      todo: text(
        'Run it on a terminal, or put the passphrase into PALABRE_PASSPHRASE.',
        'Lancez-le sur un terminal, ou mettez la phrase secrète dans PALABRE_PASSPHRASE.',
      ),
    },
  )
}

function refused(): PalabreError {
  return new PalabreError('denied', text('this passphrase is wrong', 'cette phrase secrète est fausse'), {
    todo: text(
      'Try again. Without it only your 24 words bring your identity back, in another profile: palabre id restore',
      'Réessayez. Sans elle, seuls vos 24 mots ramènent votre identité, dans un autre profil : palabre id restore',
    ),
  })
}

function keyless(name: string): PalabreError {
  return new PalabreError(
    'storage-failed',
    text(`${name} is missing: the vault cannot be opened`, `${name} manque : le coffre ne peut être ouvert`),
    {
      todo: text('Put back a copy of it.', 'Remettez-en une copie.'),
    },
  )
}
