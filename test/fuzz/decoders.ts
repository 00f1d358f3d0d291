import { isPalabreError, utf8, type Code } from '@palabre/sdk'
import type { Identity } from '@palabre/sdk/contract/identity'
import { readInviteLink } from '@palabre/sdk/contract/invite-wire'
import { readAnswers, readRequests } from '@palabre/sdk/contract/mailbox-wire'
import { readNodePlace } from '@palabre/sdk/contract/node-place'
import { readFaceMessage, readKernelMessage } from '@palabre/sdk/contract/port-wire'
import { readRelayLink } from '@palabre/sdk/contract/relay-link'
import { decodeContact } from '@palabre/contacts-book/contact-record'
import { readExport } from '@palabre/contacts-book/export-format'
import { decodeEvent } from '@palabre/discovery-announce/event'
import { readShortLink } from '@palabre/invite-short/short-format'
import { readItems } from '@palabre/mailbox-client/block'
import { readHints as readMailboxHints } from '@palabre/mailbox-client/hints'
import { decodeBody } from '@palabre/messenger-pipeline/body'
import { decodeContent } from '@palabre/messenger-pipeline/content'
import { BrokenFrame, createFrameReader } from '@palabre/network-libp2p/frame'
import { decodeAnswer, kinds } from '@palabre/resolver-doh/message'
import { decodeFrame } from '@palabre/route-link/frames'
import { readRequest } from '@palabre/stun-server/stun-message'

/** Undefined for what is refused. Whatever else it does with bytes from outside, throwing included, is a fault. */
export type Decode = (bytes: Uint8Array) => unknown

/** Everything that reads what others wrote, by the name of its corpus. What the encryption reads is fuzzed in `test/suite`. */
export const decoders = (identity: Identity): Readonly<Record<string, Decode>> => ({
  'link-frames': linkFrames,
  'route-frame': decodeFrame,
  'envelope-body': decodeBody,
  content: decodeContent,
  invite: (bytes) => readInviteLink(textOf(bytes)),
  'short-invite': (bytes) => readShortLink(textOf(bytes)),
  'relay-link': (bytes) => readRelayLink(textOf(bytes)),
  contact: decodeContact,
  'contacts-export': refusing(['bad-argument', 'denied'], (bytes) => readExport(bytes, identity)),
  'link-hints': (bytes) => readNodePlace(jsonOf(bytes)),
  'mailbox-hints': (bytes) => readMailboxHints(jsonOf(bytes)),
  'mailbox-items': readItems,
  'mailbox-requests': refusing(['peer-misbehaved', 'closed'], (bytes) => collected(readRequests(inPieces(bytes)))),
  'mailbox-answers': refusing(['peer-misbehaved', 'closed'], (bytes) => collected(readAnswers(inPieces(bytes)))),
  'port-face': (bytes) => readFaceMessage(textOf(bytes)),
  'port-kernel': (bytes) => readKernelMessage(textOf(bytes)),
  presence: decodeEvent,
  'dns-answer': (bytes) => decodeAnswer(bytes, ['_dnsaddr', 'example', 'org'], kinds.txt),
  'stun-request': readRequest,
})

function linkFrames(bytes: Uint8Array): unknown {
  const frames: number[] = []
  const reader = createFrameReader((kind) => frames.push(kind))
  try {
    for (let at = 0; at < bytes.length; at += 7) reader.push(bytes.slice(at, at + 7))
    return frames.length === 0 ? undefined : frames
  } catch (error) {
    if (error instanceof BrokenFrame) return undefined
    throw error
  }
}

/** Refuses by throwing, with one of these codes and no other. */
function refusing(codes: readonly Code[], read: Decode): Decode {
  return async (bytes) => {
    try {
      return await read(bytes)
    } catch (error) {
      if (isPalabreError(error) && codes.includes(error.code)) return undefined
      throw error
    }
  }
}

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1_000) yield bytes.slice(at, at + 1_000)
}

async function collected(messages: AsyncIterable<unknown>): Promise<unknown> {
  const all = await Array.fromAsync(messages)
  return all.length === 0 ? undefined : all
}

const textOf = (bytes: Uint8Array) => utf8.decode(bytes) ?? ''

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(textOf(bytes))
  } catch {
    return undefined
  }
}
