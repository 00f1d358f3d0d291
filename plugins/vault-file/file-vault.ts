import { PalabreError, text } from '@palabre/sdk'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import type { Vault } from '@palabre/sdk/contract/vault'
import { damaged, type VaultFiles } from './vault-files.ts'
import type { VaultKeys } from './vault-keys.ts'
import type { VaultRecord, Wrap } from './vault-record.ts'
import { wrapByFile, wrapByPassphrase } from './wrapping.ts'

export interface OpenVault extends Vault {
  /** Lets what is being written end, then overwrites every key. Nothing can be had from it afterwards. */
  close(): Promise<void>
}

export interface FileVaultParts {
  readonly primitives: Primitives
  readonly files: VaultFiles
  readonly keys: VaultKeys
  readonly wrap: Wrap
}

/** An open vault. Each change begins with what is on the disk now, since another process may share it. */
export function createFileVault({ primitives, files, keys, wrap }: FileVaultParts): OpenVault {
  let wrapped = wrap
  let isOpen = true
  let last: Promise<unknown> = Promise.resolve()

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    if (!isOpen) return Promise.reject(locked())
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }
  const onDisk = async (): Promise<VaultRecord> => {
    const record = await files.read()
    if (record === undefined || !keys.isBound(record)) throw damaged(files.name)
    return record
  }

  return {
    get hasPassphrase() {
      return wrapped.by === 'passphrase'
    },
    derive(label) {
      if (!isOpen) throw locked()
      return keys.derive(label)
    },
    read: (label) =>
      inTurn(async () => {
        const found = (await onDisk()).secrets.get(label)
        if (found === undefined) return undefined
        const secret = keys.openSecret(label, found)
        if (secret === undefined) throw damaged(files.name)
        return secret
      }),
    write: (label, secret) =>
      inTurn(() =>
        files.alone(async () => {
          const { wrap: now, secrets } = await onDisk()
          await files.write(keys.bind(now, new Map(secrets).set(label, keys.sealSecret(label, secret))))
        }),
      ),
    setPassphrase: (next, options) =>
      inTurn(async () => {
        if (next === '') throw tooShort()
        const fileKey = primitives.randomBytes(32)
        const anew =
          next === undefined
            ? wrapByFile(primitives, keys.dataKey, fileKey)
            : await wrapByPassphrase(primitives, keys.dataKey, next, options)
        await files.alone(async () => {
          const record = keys.bind(anew, (await onDisk()).secrets)
          await (anew.by === 'key-file' ? files.writeWithKey(record, fileKey) : files.writeWithoutKey(record))
        })
        wrapped = anew
        fileKey.fill(0)
      }),
    async close() {
      isOpen = false
      await last
      keys.forget()
    },
  }
}

function locked(): PalabreError {
  return new PalabreError('denied', text('the vault is locked', 'le coffre est verrouillé'))
}

function tooShort(): PalabreError {
  return new PalabreError('bad-argument', text('a passphrase cannot be empty', 'une phrase secrète ne peut être vide'))
}
