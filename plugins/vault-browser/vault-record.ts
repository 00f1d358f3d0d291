import { labels, type Label } from '@palabre/sdk/contract/labels'
import type { Primitives } from '@palabre/sdk/contract/primitives'

/** The vault as the browser keeps it. Everything in it is sealed; it tells only which secrets there are. */
export interface VaultRecord {
  readonly version: 1
  readonly wrap: Wrap
  readonly secrets: Readonly<Record<Label, Sealed>>
  /** Over all the rest, so that no part can go missing or be exchanged. */
  readonly mac: Uint8Array
}

/** How the data key is wrapped: by a key that the browser does not give away, or by a passphrase. */
export type Wrap = WrapByBrowser | WrapByPassphrase

export interface WrapByBrowser extends Sealed {
  readonly by: 'browser'
}

export interface WrapByPassphrase extends Sealed {
  readonly by: 'passphrase'
  readonly salt: Uint8Array
}

export interface Sealed {
  readonly nonce: Uint8Array
  readonly sealed: Uint8Array
}

/** Undefined for whatever is not a whole record of ours. */
export function readRecord(found: unknown): VaultRecord | undefined {
  const record = found as VaultRecord
  const isSound =
    record?.version === 1 &&
    isBytes(record.mac, 32) &&
    isSealed(record.wrap) &&
    (record.wrap.by === 'browser' || (record.wrap.by === 'passphrase' && isBytes(record.wrap.salt, 16))) &&
    typeof record.secrets === 'object' &&
    Object.values(record.secrets).every(isSealed)
  return isSound ? record : undefined
}

/** Everything that follows from the data key. */
export function keysFrom({ aead, hkdf, hmacSha256, randomBytes }: Primitives, dataKey: Uint8Array) {
  const derive = (label: Label) => hkdf(dataKey, new Uint8Array(), encode(label), 32)
  const [secretsKey, wholeKey] = [derive(labels.vault.secrets), derive(labels.vault.whole)]
  const macOf = (wrap: Wrap, secrets: VaultRecord['secrets']) =>
    hmacSha256(wholeKey, encode(JSON.stringify(plain({ wrap, secrets }))))

  return {
    dataKey,
    derive,
    sealSecret(label: Label, secret: Uint8Array): Sealed {
      const nonce = randomBytes(24)
      return { nonce, sealed: aead.seal(secretsKey, nonce, secret, encode(label)) }
    },
    openSecret: (label: Label, { nonce, sealed }: Sealed) => aead.open(secretsKey, nonce, sealed, encode(label)),
    bind: (wrap: Wrap, secrets: VaultRecord['secrets']): VaultRecord => ({ version: 1, wrap, secrets, mac: macOf(wrap, secrets) }),
    isBound: ({ wrap, secrets, mac }: VaultRecord) =>
      macOf(wrap, secrets).reduce((difference, byte, i) => difference | (byte ^ mac[i]!), 0) === 0,
    forget() {
      for (const key of [dataKey, secretsKey, wholeKey]) key.fill(0)
    },
  }
}

export type VaultKeys = ReturnType<typeof keysFrom>

/** The same text for the same content, whatever the order in which it was written. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return [...value]
  if (typeof value !== 'object' || value === null) return value
  const inOrder = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return inOrder.map(([key, one]) => [key, plain(one)])
}

function isSealed(value: unknown): value is Sealed {
  const { nonce, sealed } = (value ?? {}) as Partial<Sealed>
  return nonce instanceof Uint8Array && sealed instanceof Uint8Array && sealed.length >= 16
}

function isBytes(value: unknown, length: number): boolean {
  return value instanceof Uint8Array && value.length === length
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
