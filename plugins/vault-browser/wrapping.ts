import { labels } from '@palabre/sdk/contract/labels'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import type { WrapByBrowser, WrapByPassphrase } from './vault-record.ts'

/** 64 MiB and three passes, for whoever knows the passphrase and for each guess of whoever does not. */
const cost = { memory: 64 * 1024, passes: 3, lanes: 1, length: 32 } as const

/** The browser seals and opens with it, but gives it to nobody, us included. */
export function makeBrowserKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

export async function wrapByBrowser(dataKey: Uint8Array, key: CryptoKey): Promise<WrapByBrowser> {
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const sealed = await crypto.subtle.encrypt(aes(nonce), key, own(dataKey))
  return { by: 'browser', nonce, sealed: new Uint8Array(sealed) }
}

/** The data key; undefined when it was wrapped with another one, or changed since. */
export async function unwrapByBrowser({ nonce, sealed }: WrapByBrowser, key: CryptoKey): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt(aes(nonce), key, own(sealed)))
  } catch {
    return undefined
  }
}

export async function wrapByPassphrase(
  primitives: Primitives,
  dataKey: Uint8Array,
  passphrase: string,
  options?: { signal?: AbortSignal },
): Promise<WrapByPassphrase> {
  const [salt, nonce] = [primitives.randomBytes(16), primitives.randomBytes(24)]
  const key = await stretch(primitives, passphrase, salt, options)
  const sealed = primitives.aead.seal(key, nonce, dataKey, associated('passphrase'))
  key.fill(0)
  return { by: 'passphrase', salt, nonce, sealed }
}

/** The data key; undefined for a wrong passphrase. */
export async function unwrapByPassphrase(
  primitives: Primitives,
  { salt, nonce, sealed }: WrapByPassphrase,
  passphrase: string,
  options?: { signal?: AbortSignal },
): Promise<Uint8Array | undefined> {
  const key = await stretch(primitives, passphrase, salt, options)
  const dataKey = primitives.aead.open(key, nonce, sealed, associated('passphrase'))
  key.fill(0)
  return dataKey
}

function stretch({ argon2id }: Primitives, passphrase: string, salt: Uint8Array, options?: { signal?: AbortSignal }) {
  // The same letters whatever keyboard they were typed on.
  return argon2id(new TextEncoder().encode(passphrase.normalize('NFKC')), salt, cost, options)
}

function aes(nonce: Uint8Array) {
  return { name: 'AES-GCM', iv: own(nonce), additionalData: associated('browser') }
}

function associated(by: string): Uint8Array<ArrayBuffer> {
  return own(new TextEncoder().encode(`${labels.vault.wrap}\0${by}`))
}

function own(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(bytes)
}
