import { isBefore, join, same } from './bytes.ts'
import type { Ratchet } from './double-ratchet.ts'
import type { Standing } from './introduction.ts'
import { limits } from './limits.ts'

/** What a session holds: the ratchets two people share, the one that seals first. */
export interface Conversation {
  readonly them: Uint8Array
  /** The beginnings of the ids of the ratchet I began last and of the one they have told me that they began last. Zeros: none. */
  readonly begun: Uint8Array
  readonly told: Uint8Array
  readonly strands: readonly Strand[]
}

/** `attempt`: how often who began it had done so in vain, this time included. `knew`: the ids of the ratchets they knew then. */
export interface Strand extends Standing {
  readonly id: Uint8Array
  readonly isMine: boolean
  readonly binding: Uint8Array
  /** Precedes what I seal until they have answered. */
  readonly introduction: Uint8Array | undefined
  readonly ratchet: Ratchet
}

export const shortId = (id: Uint8Array) => id.slice(0, 8)
const noId = new Uint8Array(8)

export function newConversation(them: Uint8Array): Conversation {
  return { them, begun: noId, told: noId, strands: [] }
}

/** Where I would stand if I began now. Who tries again must win in the end: what the other side began may be lost to me. */
export function nextStanding(conversation: Conversation): Standing {
  const { strands } = conversation
  const tried = strands.find((one) => isOpen(conversation, one))?.attempt ?? 0
  const ids = Array.from({ length: limits.ratchets }, (_, i) => (strands[i] === undefined ? noId : shortId(strands[i].id)))
  return { attempt: Math.min(tried + 1, limits.attempts), knew: join(...ids) }
}

/** What I begin seals from now on. */
export function withBegun(conversation: Conversation, strand: Strand): Conversation {
  return { ...conversation, begun: shortId(strand.id), strands: inFront(conversation.strands, strand) }
}

/**
 * What they began seals from now on, if it is newer than what there was: both sides come to the same end, whatever came first.
 * - It knew what I seal with, or they have lost that: it is newer (`repaired`).
 * - I began one too, and neither knew the other's: the one of who has tried more often, then the one whose id is smaller.
 * - They have sealed with another one since: it is an old one that was late.
 */
export function withTheirs(conversation: Conversation, strand: Strand): { conversation: Conversation; repaired: boolean } {
  const { strands } = conversation
  const settled = (first: Strand, repaired: boolean, told: Uint8Array = shortId(strand.id)) => {
    const all = first === strand ? strands : [strand, ...strands]
    return { conversation: { ...conversation, told, strands: inFront(all, first) }, repaired }
  }
  const current = strands[0]
  if (current === undefined) return settled(strand, false)
  if (isStale(conversation, strand)) return settled(current, false, conversation.told)
  const rival = strands.find((one) => isRival(conversation, one, strand))
  if (rival !== undefined) return settled(isStronger(rival, strand) ? rival : strand, false)
  return settled(strand, true)
}

/** Opened with it: the introduction has done its work. */
export function withAdvanced(conversation: Conversation, at: number, ratchet: Ratchet, told: Uint8Array): Conversation {
  const strands = conversation.strands.map((one, i) => (i === at ? { ...one, ratchet, introduction: undefined } : one))
  return { ...conversation, told, strands }
}

function isStale({ told, strands }: Conversation, { id }: Strand): boolean {
  return same(told, shortId(id)) || strands.some((one) => !one.isMine && knows(one.knew, id))
}

/** Mine, not answered yet, and unknown to who began the other. */
function isRival(conversation: Conversation, one: Strand, { knew }: Strand): boolean {
  return isOpen(conversation, one) && !knows(knew, one.id)
}

/** What I began last, while nobody has answered it. */
function isOpen({ begun }: Conversation, { id, isMine, ratchet }: Strand): boolean {
  return isMine && ratchet.receiving === undefined && same(shortId(id), begun)
}

function isStronger(one: Strand, other: Strand): boolean {
  return one.attempt === other.attempt ? isBefore(one.id, other.id) : one.attempt > other.attempt
}

function knows(knew: Uint8Array, id: Uint8Array): boolean {
  for (let at = 0; at < knew.length; at += 8) if (same(knew.subarray(at, at + 8), shortId(id))) return true
  return false
}

function inFront(strands: readonly Strand[], first: Strand): readonly Strand[] {
  return [first, ...strands.filter((one) => one !== first)].slice(0, limits.ratchets)
}
