import { token } from '../token.ts'

/**
 * Keeps the one random data key from which every other key at rest is derived. It never leaves the vault. Wrapped by a passphrase
 * when the person has set one, else by what the platform offers (a file only the person may read, a non-extractable browser key).
 */
export interface Vault {
  /** `new` before the first unlock ever, which makes the data key and asks for nothing. */
  readonly state: VaultState
  watch(fn: (state: VaultState) => void): Disposable
  /**
   * Opens it. Fails with `denied` for a wrong or missing passphrase, `storage-failed` when what is stored is damaged or cannot be
   * written; a damaged vault is never replaced by a new one.
   */
  unlock(passphrase?: string, options?: { signal?: AbortSignal }): Promise<void>
  /** Forgets every key. Whoever holds derived keys must drop them when `state` leaves `open`. */
  lock(): void
  /** 32 bytes that depend on the data key and the label and nothing else. Fails with `denied` while locked. */
  derive(label: VaultLabel): Uint8Array
  /** Sets, changes or (undefined) takes away the passphrase. Rewraps the data key only: nothing stored is encrypted anew. */
  setPassphrase(next: string | undefined, options?: { signal?: AbortSignal }): Promise<void>
  readonly hasPassphrase: boolean
  /** Small secrets kept beside the data key, encrypted with it: the identity's seed. Undefined when there is none. */
  read(label: VaultLabel): Promise<Uint8Array | undefined>
  write(label: VaultLabel, secret: Uint8Array): Promise<void>
}

export type VaultState = 'new' | 'locked' | 'open'

/** `palabre/v1/<area>/<use>`; each stands in the table of labels once. */
export type VaultLabel = `palabre/v1/${string}/${string}`

export const Vault = token<Vault>('vault')
