import { labels, type Label } from '@palabre/sdk/contract/labels'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import { bytesUnderMac, type Sealed, type VaultRecord, type Wrap } from './vault-record.ts'

/** Everything that follows from the data key. */
export interface VaultKeys {
  readonly dataKey: Uint8Array
  derive(label: Label): Uint8Array
  sealSecret(label: Label, secret: Uint8Array): Sealed
  openSecret(label: Label, sealed: Sealed): Uint8Array | undefined
  /** Binds the parts of a record together. */
  bind(wrap: Wrap, secrets: VaultRecord['secrets']): VaultRecord
  /** Whether all parts are there and from one hand. */
  isBound(record: VaultRecord): boolean
  forget(): void
}

export function keysFrom(primitives: Primitives, dataKey: Uint8Array): VaultKeys {
  const { aead, hkdf, hmacSha256, randomBytes } = primitives
  const derive = (label: Label) => hkdf(dataKey, empty, encode(label), 32)
  const secretsKey = derive(labels.vault.secrets)
  const wholeKey = derive(labels.vault.whole)
  const macOf = (record: Omit<VaultRecord, 'mac'>) => hmacSha256(wholeKey, bytesUnderMac(record))

  return {
    dataKey,
    derive,
    sealSecret(label, secret) {
      const nonce = randomBytes(24)
      return { nonce, sealed: aead.seal(secretsKey, nonce, secret, encode(label)) }
    },
    openSecret: (label, { nonce, sealed }) => aead.open(secretsKey, nonce, sealed, encode(label)),
    bind: (wrap, secrets) => ({ wrap, secrets, mac: macOf({ wrap, secrets }) }),
    isBound: (record) => isEqual(macOf(record), record.mac),
    forget() {
      for (const key of [dataKey, secretsKey, wholeKey]) key.fill(0)
    },
  }
}

/** In a time that does not depend on where they differ. */
function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.reduce((difference, byte, i) => difference | (byte ^ b[i]!), 0) === 0
}

function encode(label: string): Uint8Array {
  return new TextEncoder().encode(label)
}

const empty = new Uint8Array()
