import type { KeyPair } from '@palabre/sdk/contract/primitives'
import type { Session } from '@palabre/sdk/contract/suite'
import type { ByteReader } from './byte-reader.ts'
import { join, nothing, number } from './bytes.ts'
import type { Conversation, Strand } from './conversation.ts'
import type { Chain, Ratchet } from './double-ratchet.ts'
import { introductionSize } from './introduction.ts'
import { decodeKept } from './kept.ts'
import { limits } from './limits.ts'
import { skippedSize, type SkippedChain } from './skipped-keys.ts'

const version = 1

/** version | them | begun | told | strands; optional parts behind a flag, lists behind their count. */
export function encodeSession({ them, begun, told, strands }: Conversation): Session {
  const parts = [number(version, 1), them, begun, told, number(strands.length, 1)]
  for (const strand of strands) pushStrand(parts, strand)
  return join(...parts) as Session
}

export function decodeSession(bytes: Uint8Array): Conversation {
  return decodeKept(bytes, version, (from) => {
    const [them, begun, told] = [from.take(32), from.take(8), from.take(8)]
    const strands = from.list(1, limits.ratchets, () => readStrand(from))
    return strands.length === 0 ? undefined : { them, begun, told, strands }
  })
}

const flags = { isMine: 1, introduction: 2, own: 4, theirs: 8, sending: 16, receiving: 32 }

function pushStrand(parts: Uint8Array[], { id, isMine, attempt, knew, binding, introduction, ratchet }: Strand): void {
  const { own, theirs, sending, receiving, root, nextSending, nextReceiving, before, skipped } = ratchet
  const flag =
    (isMine ? flags.isMine : 0) |
    (introduction ? flags.introduction : 0) |
    (own ? flags.own : 0) |
    (theirs ? flags.theirs : 0) |
    (sending ? flags.sending : 0) |
    (receiving ? flags.receiving : 0)
  parts.push(Uint8Array.of(flag, attempt), id, knew, binding, introduction ?? nothing)
  parts.push(root, nextSending, nextReceiving, number(before, 4), theirs ?? nothing)
  if (own) parts.push(own.secretKey, own.publicKey)
  if (sending) pushChain(parts, sending)
  if (receiving) pushChain(parts, receiving)
  parts.push(number(skipped.length, 1))
  for (const { headerKey, ratchetKey, keys } of skipped)
    parts.push(headerKey, ratchetKey, number(keys.length / skippedSize, 2), keys)
}

function readStrand(from: ByteReader): Strand {
  const flag = from.number(1)
  const attempt = from.number(1)
  const has = (one: number) => (flag & one) !== 0
  return {
    id: from.take(32),
    isMine: has(flags.isMine),
    attempt,
    knew: from.take(8 * limits.ratchets),
    binding: from.take(32),
    introduction: has(flags.introduction) ? from.take(introductionSize) : undefined,
    ratchet: readRatchet(from, has),
  }
}

function readRatchet(from: ByteReader, has: (flag: number) => boolean): Ratchet {
  const [root, nextSending, nextReceiving] = [from.take(32), from.take(32), from.take(32)]
  return {
    root,
    nextSending,
    nextReceiving,
    before: from.number(4),
    theirs: has(flags.theirs) ? from.take(32) : undefined,
    own: has(flags.own) ? readKeyPair(from) : undefined,
    sending: has(flags.sending) ? readChain(from) : undefined,
    receiving: has(flags.receiving) ? readChain(from) : undefined,
    skipped: from.list(1, limits.chains, () => readSkipped(from)),
  }
}

function pushChain(parts: Uint8Array[], { headerKey, key, n }: Chain): void {
  parts.push(headerKey, key, number(n, 4))
}

function readChain(from: ByteReader): Chain {
  return { headerKey: from.take(32), key: from.take(32), n: from.number(4) }
}

function readKeyPair(from: ByteReader): KeyPair {
  return { secretKey: from.take(32), publicKey: from.take(32) }
}

function readSkipped(from: ByteReader): SkippedChain {
  const [headerKey, ratchetKey] = [from.take(32), from.take(32)]
  return { headerKey, ratchetKey, keys: from.take(from.count(2, limits.skippedKept) * skippedSize) }
}
