import { token } from '../token.ts'
import type { Label } from './labels.ts'

/**
 * Keeps the one random data key from which every other key at rest is derived; it never leaves the vault. Provided only while
 * the vault is open: whoever needs it waits for that, and stops when it is locked. Wrapped by a passphrase when the person has set
 * one, else by what the platform offers (a file only the person may read, a browser key that cannot be extracted).
 *
 * A provider that cannot open it fails to start: with `denied` for a wrong or missing passphrase, with `storage-failed` when what
 * is stored is damaged; it never puts a new vault in its place.
 */
export interface Vault {
  readonly hasPassphrase: boolean
  /** 32 bytes that depend on the data key and the label and nothing else. The caller may overwrite them. */
  derive(label: Label): Uint8Array
  /** Small secrets kept beside the data key, sealed with it: the identity's seed. Undefined when there is none. */
  read(label: Label): Promise<Uint8Array | undefined>
  /** Resolves when it would survive a loss of power. Fails with `storage-failed`, and then the old one stands. */
  write(label: Label, secret: Uint8Array): Promise<void>
  /**
   * Sets, changes or (undefined) takes away the passphrase. Rewraps the data key only: nothing stored is encrypted anew.
   * Fails with `bad-argument` for an empty one, `storage-failed` when it could not be written; the old one holds then.
   */
  setPassphrase(next: string | undefined, options?: { signal?: AbortSignal }): Promise<void>
}

export const Vault = token<Vault>('vault')
