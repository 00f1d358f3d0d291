import { fromBase64Url, fromHex, joinBytes, toBase64Url, toHex, utf8 } from '../bytes.ts'
import type { Offer } from './keyring.ts'
import { linkRoute, readNodePlace, type NodePlace } from './node-place.ts'

/**
 * What an invite says, in as few bytes as a link can bear:
 *
 *     version 1 | key 32 | id 16 | expires, minutes since 1970, 4 | name 1 + n
 *     | offers 1, each: suite 1 + n, offer 2 + n | hints, JSON, 2 + n | signature 64
 */
export interface InviteBody {
  /** Ed25519, of who invites. */
  readonly key: Uint8Array
  /** Hexadecimal. */
  readonly id: string
  readonly expiresAt: number
  readonly name: string
  readonly offers: readonly Offer[]
  readonly hints: Readonly<Record<string, unknown>>
}

export interface SignedInvite {
  readonly body: InviteBody
  /** The bytes that are signed. */
  readonly said: Uint8Array
  readonly signature: Uint8Array
}

const version = 1
const minute = 60_000
/** Bytes of an invite before it is read, and of what it says of roads. */
const limits = { invite: 8 * 1024, hints: 4 * 1024, offers: 4 }

export function encodeInviteBody({ key, id, expiresAt, name, offers, hints }: InviteBody): Uint8Array {
  return joinBytes(
    Uint8Array.of(version),
    key,
    fromHex(id)!,
    number(Math.floor(expiresAt / minute), 4),
    short(utf8.encode(name), 1),
    Uint8Array.of(offers.length),
    ...offers.flatMap(({ suite, offer }) => [short(utf8.encode(suite), 1), short(offer, 2)]),
    short(utf8.encode(JSON.stringify(hints)), 2),
  )
}

export function inviteLink(said: Uint8Array, signature: Uint8Array): string {
  return `palabre:invite#${toBase64Url(joinBytes(said, signature))}`
}

/** From a link, from a page's address, or from what stands after its `#`. Undefined when it is no invite of this version. */
export function readInviteLink(link: string): SignedInvite | undefined {
  const coded = link.trim().split('#').at(-1) ?? ''
  if (coded.length > limits.invite * 2) return undefined
  const bytes = fromBase64Url(coded)
  if (bytes === undefined || bytes.length > limits.invite || bytes[0] !== version) return undefined
  const said = bytes.subarray(0, -64)
  const body = readBody(createReader(said))
  return body === undefined ? undefined : { body, said, signature: bytes.subarray(-64) }
}

/** Where the node of the person who made an invite is, whoever that is: nothing of it is proved. Undefined when it does not say. */
export const placeInInvite = (link: string): NodePlace | undefined => readNodePlace(readInviteLink(link)?.body.hints[linkRoute])

interface Reader {
  take(length: number): Uint8Array
  number(length: number): number
  readonly isAtEnd: boolean
}

function readBody(from: Reader): InviteBody | undefined {
  try {
    from.take(1)
    const key = from.take(32).slice()
    const id = toHex(from.take(16))
    const expiresAt = from.number(4) * minute
    const name = textOf(from.take(from.number(1)))
    const offers = Array.from({ length: atMost(from.number(1), limits.offers) }, () => ({
      suite: textOf(from.take(from.number(1))),
      offer: from.take(from.number(2)).slice(),
    }))
    const hints = objectOf(textOf(from.take(atMost(from.number(2), limits.hints))))
    return from.isAtEnd ? { key, id, expiresAt, name, offers, hints } : undefined
  } catch {
    return undefined
  }
}

function createReader(bytes: Uint8Array): Reader {
  let at = 0
  const reader = {
    take(length: number) {
      if (at + length > bytes.length) throw new RangeError('it ends too early')
      at += length
      return bytes.subarray(at - length, at)
    },
    number: (length: number) => reader.take(length).reduce((sum, byte) => sum * 256 + byte, 0),
    get isAtEnd() {
      return at === bytes.length
    },
  }
  return reader
}

function textOf(bytes: Uint8Array): string {
  const said = utf8.decode(bytes)
  if (said === undefined) throw new TypeError('it is no text')
  return said
}

function objectOf(said: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(said)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('it is no object')
  return value as Record<string, unknown>
}

function atMost(value: number, most: number): number {
  if (value > most) throw new RangeError('it is too many')
  return value
}

const short = (bytes: Uint8Array, length: number) => joinBytes(number(bytes.length, length), bytes)

const number = (value: number, length: number) => {
  if (value >= 256 ** length) throw new RangeError('it is too large')
  return Uint8Array.from({ length }, (_, index) => Math.floor(value / 256 ** (length - 1 - index)) % 256)
}
