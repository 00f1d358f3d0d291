import { fromHex, joinBytes, toHex, utf8 } from '@palabre/sdk'
import { labels } from '@palabre/sdk/contract/labels'
import { mailboxWire } from '@palabre/sdk/contract/mailbox-wire'
import type { KeyPair, Primitives } from '@palabre/sdk/contract/primitives'

/**
 * What lies in a mailbox: always as long, and without a trace of what is in it.
 *
 *     X25519 key of this block 32 | AEAD of: items …, zeros
 *     item: kind 1 | envelope id 16 | length 2 | bytes
 */
export type Item =
  | { readonly kind: 'envelope'; readonly id: string; readonly sealed: Uint8Array }
  | { readonly kind: 'proof'; readonly id: string; readonly proof: Uint8Array }

const kinds = { envelope: 1, proof: 2 } as const
const tag = 16
const keyLength = 32
const headLength = 19
const roomForItems = mailboxWire.block - keyLength - tag

type Parts = Pick<Primitives, 'x25519' | 'hkdf' | 'aead'>

/** Items in as few blocks as hold them, in their order. One that fits no block is our own bug: suites promise it. */
export function packed(items: readonly Item[]): Item[][] {
  const blocks: Item[][] = []
  let room = 0
  for (const item of items) {
    const length = headLength + bytesOf(item).length
    if (length > roomForItems) throw new RangeError('an envelope that no mailbox takes')
    if (length > room) {
      blocks.push([])
      room = roomForItems
    }
    blocks.at(-1)!.push(item)
    room -= length
  }
  return blocks
}

export function sealBlock(parts: Parts, to: Uint8Array, items: readonly Item[]): Uint8Array | undefined {
  const plain = new Uint8Array(roomForItems)
  let at = 0
  for (const item of items) {
    const bytes = bytesOf(item)
    plain.set(
      joinBytes(Uint8Array.of(kinds[item.kind]), fromHex(item.id)!, Uint8Array.of(bytes.length >> 8, bytes.length & 255), bytes),
      at,
    )
    at += headLength + bytes.length
  }
  const once = parts.x25519.generate()
  const shared = parts.x25519.agree(once.secretKey, to)
  if (shared === undefined) return undefined
  const { key, nonce } = keysOf(parts, shared, once.publicKey, to)
  return joinBytes(once.publicKey, parts.aead.seal(key, nonce, plain, new Uint8Array()))
}

/** Undefined when it was not sealed for this key, or was altered. Kinds of a newer program are passed over. */
export function openBlock(parts: Parts, mine: KeyPair, block: Uint8Array): Item[] | undefined {
  if (block.length !== mailboxWire.block) return undefined
  const theirs = block.subarray(0, keyLength)
  const shared = parts.x25519.agree(mine.secretKey, theirs)
  if (shared === undefined) return undefined
  const { key, nonce } = keysOf(parts, shared, theirs, mine.publicKey)
  const plain = parts.aead.open(key, nonce, block.subarray(keyLength), new Uint8Array())
  return plain && readItems(plain)
}

/** What is in an open block. */
export function readItems(plain: Uint8Array): Item[] | undefined {
  const items: Item[] = []
  for (let at = 0; at + headLength <= plain.length && plain[at] !== 0;) {
    const end = at + headLength + plain[at + 17]! * 256 + plain[at + 18]!
    if (end > plain.length) return undefined
    const id = toHex(plain.subarray(at + 1, at + 17))
    const bytes = plain.slice(at + headLength, end)
    if (plain[at] === kinds.envelope) items.push({ kind: 'envelope', id, sealed: bytes })
    if (plain[at] === kinds.proof) items.push({ kind: 'proof', id, proof: bytes })
    at = end
  }
  return items
}

const bytesOf = (item: Item) => (item.kind === 'envelope' ? item.sealed : item.proof)

/** Both ends' keys go in: the block opens for this queue and no other. */
function keysOf(parts: Parts, shared: Uint8Array, once: Uint8Array, to: Uint8Array) {
  const bytes = parts.hkdf(shared, joinBytes(once, to), utf8.encode(labels.mailbox.block), 32 + 24)
  return { key: bytes.slice(0, 32), nonce: bytes.slice(32) }
}
