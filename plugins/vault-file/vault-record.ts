import type { Label } from '@palabre/sdk/contract/labels'

/** `vault.json` as it stands on the disk. Everything in it is sealed; it tells only which secrets there are. */
export interface VaultRecord {
  readonly wrap: Wrap
  readonly secrets: ReadonlyMap<Label, Sealed>
  /** Over all the rest, so that no part can go missing or be exchanged. */
  readonly mac: Uint8Array
}

/** How the data key is wrapped. */
export type Wrap = WrapByFile | WrapByPassphrase

export interface WrapByFile extends Sealed {
  readonly by: 'key-file'
}

export interface WrapByPassphrase extends Sealed {
  readonly by: 'passphrase'
  readonly salt: Uint8Array
  /** KiB. */
  readonly memory: number
  readonly passes: number
  readonly lanes: number
}

export interface Sealed {
  readonly nonce: Uint8Array
  readonly sealed: Uint8Array
}

export function formatRecord(record: VaultRecord): Uint8Array {
  return encode(`${JSON.stringify({ ...plain(record), mac: base64(record.mac) }, undefined, 2)}\n`)
}

/** What the mac is over: the same bytes for the same content. */
export function bytesUnderMac(record: Omit<VaultRecord, 'mac'>): Uint8Array {
  return encode(JSON.stringify(plain(record)))
}

/** Undefined for whatever is not a whole and sound record. */
export function parseRecord(content: Uint8Array): VaultRecord | undefined {
  try {
    const { vault, wrap, secrets, mac } = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content)) as Loose
    if (vault !== version) return undefined
    return { wrap: wrapOf(wrap as Loose), secrets: secretsOf(secrets as Loose), mac: bytesOf(mac, 32, 32) }
  } catch {
    return undefined
  }
}

const version = 1

type Loose = Readonly<Record<string, unknown>>

function plain({ wrap, secrets }: Omit<VaultRecord, 'mac'>) {
  const inOrder = [...secrets].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return {
    vault: version,
    wrap: plainWrap(wrap),
    secrets: Object.fromEntries(inOrder.map(([label, one]) => [label, plainSealed(one)])),
  }
}

function plainWrap(wrap: Wrap) {
  if (wrap.by === 'key-file') return { by: wrap.by, ...plainSealed(wrap) }
  const { by, salt, memory, passes, lanes } = wrap
  return { by, salt: base64(salt), memory, passes, lanes, ...plainSealed(wrap) }
}

const plainSealed = ({ nonce, sealed }: Sealed) => ({ nonce: base64(nonce), sealed: base64(sealed) })

function wrapOf(wrap: Loose): Wrap {
  const dataKey = sealedOf(wrap, 48)
  if (wrap['by'] === 'key-file') return { by: 'key-file', ...dataKey }
  if (wrap['by'] !== 'passphrase') throw new Error('wrapped in an unknown way')
  return {
    by: 'passphrase',
    salt: bytesOf(wrap['salt'], 16, 16),
    // Within bounds, so that an altered file cannot ask for all the memory there is.
    memory: numberOf(wrap['memory'], 8 * 1024, 1024 * 1024),
    passes: numberOf(wrap['passes'], 1, 16),
    lanes: numberOf(wrap['lanes'], 1, 8),
    ...dataKey,
  }
}

function secretsOf(secrets: Loose): Map<Label, Sealed> {
  return new Map(Object.entries(secrets).map(([label, one]) => [label as Label, sealedOf(one as Loose)]))
}

function sealedOf(one: Loose, length?: number): Sealed {
  return { nonce: bytesOf(one['nonce'], 24, 24), sealed: bytesOf(one['sealed'], length ?? 16, length ?? 2 ** 16) }
}

function numberOf(value: unknown, min: number, max: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value
  throw new Error('a number out of bounds')
}

function bytesOf(value: unknown, min: number, max: number): Uint8Array {
  const bytes = Uint8Array.from(Buffer.from(value as string, 'base64'))
  if (bytes.length >= min && bytes.length <= max && base64(bytes) === value) return bytes
  throw new Error('not base64, or of another length')
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
