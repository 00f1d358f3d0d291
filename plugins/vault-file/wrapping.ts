import { labels } from '@palabre/sdk/contract/labels'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import type { Wrap, WrapByFile, WrapByPassphrase } from './vault-record.ts'

/** Argon2id for a passphrase: a fifth of a second and 64 MiB for whoever knows it, and for each guess of whoever does not. */
const passphraseCost = { memory: 64 * 1024, passes: 3, lanes: 1 } as const

export function wrapByFile(primitives: Primitives, dataKey: Uint8Array, fileKey: Uint8Array): WrapByFile {
  const nonce = primitives.randomBytes(24)
  return { by: 'key-file', nonce, sealed: primitives.aead.seal(fileKey, nonce, dataKey, associated({ by: 'key-file' })) }
}

export async function wrapByPassphrase(
  primitives: Primitives,
  dataKey: Uint8Array,
  passphrase: string,
  options?: { signal?: AbortSignal },
): Promise<WrapByPassphrase> {
  const way = { by: 'passphrase', salt: primitives.randomBytes(16), ...passphraseCost } as const
  const key = await stretch(primitives, passphrase, way, options)
  const nonce = primitives.randomBytes(24)
  const sealed = primitives.aead.seal(key, nonce, dataKey, associated(way))
  key.fill(0)
  return { ...way, nonce, sealed }
}

/** The data key; undefined when it was wrapped with another file, or changed since. */
export function unwrapByFile(primitives: Primitives, wrap: WrapByFile, fileKey: Uint8Array): Uint8Array | undefined {
  return primitives.aead.open(fileKey, wrap.nonce, wrap.sealed, associated(wrap))
}

/** The data key; undefined for a wrong passphrase. */
export async function unwrapByPassphrase(
  primitives: Primitives,
  wrap: WrapByPassphrase,
  passphrase: string,
  options?: { signal?: AbortSignal },
): Promise<Uint8Array | undefined> {
  const key = await stretch(primitives, passphrase, wrap, options)
  const dataKey = primitives.aead.open(key, wrap.nonce, wrap.sealed, associated(wrap))
  key.fill(0)
  return dataKey
}

type WayOfPassphrase = Pick<WrapByPassphrase, 'by' | 'salt' | 'memory' | 'passes' | 'lanes'>

function stretch(
  primitives: Primitives,
  passphrase: string,
  { salt, memory, passes, lanes }: WayOfPassphrase,
  options?: { signal?: AbortSignal },
): Promise<Uint8Array> {
  // The same letters whatever keyboard they were typed on.
  const typed = new TextEncoder().encode(passphrase.normalize('NFKC'))
  return primitives.argon2id(typed, salt, { memory, passes, lanes, length: 32 }, options)
}

/** How it was wrapped is sealed with it. */
function associated(way: WayOfPassphrase | Pick<Wrap, 'by'>): Uint8Array {
  const told = 'salt' in way ? [way.by, Buffer.from(way.salt).toString('hex'), way.memory, way.passes, way.lanes] : [way.by]
  return new TextEncoder().encode([labels.vault.wrap, ...told].join('\0'))
}
