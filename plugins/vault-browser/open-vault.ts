import type { Primitives } from '@palabre/sdk/contract/primitives'
import type { Vault } from '@palabre/sdk/contract/vault'
import { damaged, insecure, locked, refused, tooShort, unanswered } from './faults.ts'
import { openVaultPlace, type KeptVault, type VaultPlace } from './kept-vault.ts'
import { keysFrom, readRecord, type VaultKeys, type VaultRecord } from './vault-record.ts'
import { makeBrowserKey, unwrapByBrowser, unwrapByPassphrase, wrapByBrowser, wrapByPassphrase } from './wrapping.ts'

export interface Opening {
  readonly primitives: Primitives
  /** Undefined when nobody can be asked. */
  askPassphrase(): Promise<string | undefined>
  readonly signal?: AbortSignal
}

export interface OpenVault extends Vault {
  /** Lets what is being written end, then overwrites every key. */
  close(): Promise<void>
}

/** Opens the vault of this browser, and makes one where there has never been one. */
export async function openBrowserVault(opening: Opening): Promise<OpenVault> {
  if (!isSecureContext) throw insecure()
  const place = await openVaultPlace()
  try {
    const kept = await readOrMake(opening, place)
    const record = recordOf(kept)
    const keys = keysFrom(opening.primitives, await unwrap(opening, record, kept.key))
    if (!keys.isBound(record)) throw damaged()
    return createBrowserVault(opening.primitives, place, keys, record)
  } catch (error) {
    place.close()
    throw error
  }
}

function createBrowserVault(primitives: Primitives, place: VaultPlace, keys: VaultKeys, { wrap }: VaultRecord): OpenVault {
  let wrapped = wrap
  let isOpen = true
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    if (!isOpen) return Promise.reject(locked())
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }
  const bound = (kept: KeptVault): VaultRecord => {
    const record = recordOf(kept)
    if (!keys.isBound(record)) throw damaged()
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
        const { secrets } = bound(await place.read())
        if (!Object.hasOwn(secrets, label)) return undefined
        const secret = keys.openSecret(label, secrets[label]!)
        if (secret === undefined) throw damaged()
        return secret
      }),
    write: (label, secret) =>
      inTurn(async () => {
        const sealed = keys.sealSecret(label, secret)
        await place.change((now) => {
          const { wrap: as, secrets } = bound(now)
          return { ...now, record: keys.bind(as, { ...secrets, [label]: sealed }) }
        })
      }),
    setPassphrase: (next, options) =>
      inTurn(async () => {
        if (next === '') throw tooShort()
        const key = next === undefined ? await makeBrowserKey() : undefined
        const anew =
          key === undefined
            ? await wrapByPassphrase(primitives, keys.dataKey, next!, options)
            : await wrapByBrowser(keys.dataKey, key)
        await place.change((now) => ({ record: keys.bind(anew, bound(now).secrets), key }))
        wrapped = anew
      }),
    async close() {
      isOpen = false
      await last
      place.close()
      keys.forget()
    },
  }
}

/** The new one is made beforehand, since a transaction waits for nobody; another tab's is taken when that was faster. */
async function readOrMake({ primitives }: Opening, place: VaultPlace): Promise<KeptVault> {
  const found = await place.read()
  if (found.record !== undefined || found.key !== undefined) return found
  const key = await makeBrowserKey()
  const keys = keysFrom(primitives, primitives.randomBytes(32))
  const record = keys.bind(await wrapByBrowser(keys.dataKey, key), {})
  keys.forget()
  return place.change((now) => (now.record === undefined && now.key === undefined ? { record, key } : undefined))
}

function recordOf({ record }: KeptVault): VaultRecord {
  const sound = readRecord(record)
  if (sound === undefined) throw damaged()
  return sound
}

async function unwrap(opening: Opening, { wrap }: VaultRecord, key: CryptoKey | undefined): Promise<Uint8Array> {
  const { primitives, signal } = opening
  if (wrap.by === 'browser') {
    const dataKey = key === undefined ? undefined : await unwrapByBrowser(wrap, key)
    if (dataKey === undefined) throw damaged()
    return dataKey
  }
  const passphrase = await opening.askPassphrase()
  if (passphrase === undefined) throw unanswered()
  const dataKey = await unwrapByPassphrase(primitives, wrap, passphrase, signal === undefined ? {} : { signal })
  if (dataKey === undefined) throw refused()
  return dataKey
}
