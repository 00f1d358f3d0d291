import { fromBase64Url, fromHex, joinBytes, toBase64Url, toHex, utf8 } from '@palabre/sdk'
import { limits } from './exchange.ts'

/**
 *     version 1 | key 32 | id 16 | expires, minutes since 1970, 4 | peer 1 + n
 *     | addresses 1, each: 4, ip 4, port 2, or 0, text 1 + n
 */
export interface ShortInvite {
  /** Ed25519, of who invites. */
  readonly key: Uint8Array
  /** Hexadecimal. */
  readonly id: string
  readonly expiresAt: number
  /** Their overlay peer id. */
  readonly peer: string
  /** Multiaddrs without a peer id. */
  readonly addresses: readonly string[]
}

const version = 1
const minute = 60_000
const head = 'palabre:i#'

export function isShortLink(said: string): boolean {
  return said.trim().toLowerCase().startsWith(head)
}

export function shortLink({ key, id, expiresAt, peer, addresses }: ShortInvite): string {
  const bytes = joinBytes(
    Uint8Array.of(version),
    key,
    fromHex(id)!,
    number(Math.floor(expiresAt / minute), 4),
    named(peer),
    Uint8Array.of(addresses.length),
    ...addresses.map(encodeAddress),
  )
  return `${head}${toBase64Url(bytes)}`
}

/** From outside. Undefined when it is broken, or of another version. */
export function readShortLink(said: string): ShortInvite | undefined {
  const coded = said.trim().slice(head.length)
  if (coded.length > limits.short * 2) return undefined
  const bytes = fromBase64Url(coded)
  if (bytes === undefined || bytes.length > limits.short || bytes[0] !== version) return undefined
  try {
    return readBody(bytes.subarray(1))
  } catch {
    return undefined
  }
}

function readBody(bytes: Uint8Array): ShortInvite | undefined {
  let at = 0
  const take = (length: number) => {
    if (at + length > bytes.length) throw new RangeError('it ends too early')
    at += length
    return bytes.subarray(at - length, at)
  }
  const taken = (length: number) => take(length).reduce((sum, byte) => sum * 256 + byte, 0)

  const key = take(32).slice()
  const id = toHex(take(16))
  const expiresAt = taken(4) * minute
  const peer = textOf(take(taken(1)))
  const count = taken(1)
  if (!/^[A-Za-z0-9]{1,128}$/.test(peer) || count === 0 || count > limits.addresses) return undefined
  const addresses = Array.from({ length: count }, () => readAddress(take, taken))
  return at === bytes.length ? { key, id, expiresAt, peer, addresses } : undefined
}

function encodeAddress(address: string): Uint8Array {
  const four = /^\/ip4\/((?:\d+\.){3}\d+)\/tcp\/(\d+)$/.exec(address)
  if (four !== null) return joinBytes(Uint8Array.of(4, ...four[1]!.split('.').map(Number)), number(Number(four[2]), 2))
  return joinBytes(Uint8Array.of(0), named(address))
}

function readAddress(take: (length: number) => Uint8Array, taken: (length: number) => number): string {
  const form = taken(1)
  if (form === 4) return `/ip4/${[...take(4)].join('.')}/tcp/${taken(2)}`
  const said = form === 0 ? textOf(take(taken(1))) : ''
  if (!/^\/[\x21-\x7e]{1,127}$/.test(said) || said.includes('/p2p/')) throw new TypeError('it is no address')
  return said
}

function textOf(bytes: Uint8Array): string {
  const said = utf8.decode(bytes)
  if (said === undefined) throw new TypeError('it is no text')
  return said
}

function named(said: string): Uint8Array {
  const bytes = utf8.encode(said)
  return joinBytes(number(bytes.length, 1), bytes)
}

function number(value: number, length: number): Uint8Array {
  if (value >= 256 ** length) throw new RangeError('it is too large')
  return Uint8Array.from({ length }, (_, index) => Math.floor(value / 256 ** (length - 1 - index)) % 256)
}
