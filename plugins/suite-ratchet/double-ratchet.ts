import type { KeyPair } from '@palabre/sdk/contract/primitives'
import { same } from './bytes.ts'
import {
  findSkipped,
  forgetOld,
  keepSkipped,
  withoutSkipped,
  type SkippedChain,
  type SkippedKey,
  type SkippedLimits,
} from './skipped-keys.ts'

/**
 * The Double Ratchet with encrypted headers (Perrin, Marlinspike; revision 1, §4), as steps from one state to the next: nothing given
 * is changed, and a step that fails leaves no trace. It knows no algorithm: whatever a protocol of this family chooses is a part.
 */
export interface RatchetParts {
  generate(): KeyPair
  /** Undefined for a key that must be refused. */
  agree(secretKey: Uint8Array, publicKey: Uint8Array): Uint8Array | undefined
  /** KDF_RK_HE. A protocol with bare headers gives an empty header key. */
  stepRoot(root: Uint8Array, agreed: Uint8Array): { root: Uint8Array; chain: Uint8Array; headerKey: Uint8Array }
  /** KDF_CK. */
  stepChain(chain: Uint8Array): { chain: Uint8Array; messageKey: Uint8Array }
  /** `said` is authenticated with both parts. */
  sealMessage(keys: MessageKeys, header: Header, body: Uint8Array, said: Uint8Array): Uint8Array
  openHeader(headerKey: Uint8Array, message: Uint8Array, said: Uint8Array): Header | undefined
  openBody(messageKey: Uint8Array, message: Uint8Array, said: Uint8Array): Uint8Array | undefined
  readonly limits: SkippedLimits & { readonly skippedAtOnce: number }
}

interface MessageKeys {
  readonly headerKey: Uint8Array
  readonly messageKey: Uint8Array
}

export interface Header {
  readonly ratchetKey: Uint8Array
  /** Messages in the sender's chain before this one, and this message's number in its chain. */
  readonly before: number
  readonly n: number
}

export interface Chain {
  readonly headerKey: Uint8Array
  readonly key: Uint8Array
  /** The number of the next message. */
  readonly n: number
}

export interface Ratchet {
  readonly root: Uint8Array
  /** My ratchet key: undefined from when the other side has answered it until I write again, and make a new one. */
  readonly own: KeyPair | undefined
  readonly theirs: Uint8Array | undefined
  readonly sending: Chain | undefined
  readonly receiving: Chain | undefined
  readonly nextSending: Uint8Array
  readonly nextReceiving: Uint8Array
  readonly before: number
  readonly skipped: readonly SkippedChain[]
}

/** What both sides share before the first message. */
export interface FirstSecrets {
  readonly root: Uint8Array
  /** The header keys of the initiator's first chain and of the responder's. */
  readonly initiatorHeader: Uint8Array
  readonly responderHeader: Uint8Array
}

export interface DoubleRatchet {
  initiate(secrets: FirstSecrets, theirs: Uint8Array): Ratchet | undefined
  respond(secrets: FirstSecrets, own: KeyPair): Ratchet
  /** Undefined before something came from the other side, for the one who answers. */
  seal(ratchet: Ratchet, body: Uint8Array, said: Uint8Array): { ratchet: Ratchet; message: Uint8Array } | undefined
  open(ratchet: Ratchet, message: Uint8Array, said: Uint8Array, now: number): Opening | undefined
}

interface Opening {
  readonly ratchet: Ratchet
  readonly body: Uint8Array
}

export function createDoubleRatchet(parts: RatchetParts): DoubleRatchet {
  const { limits } = parts

  /** A new key of mine against theirs: the next sending chain. Undefined when theirs must be refused. */
  function turnSending(ratchet: Ratchet): (Ratchet & { readonly sending: Chain }) | undefined {
    const own = parts.generate()
    const agreed = ratchet.theirs && parts.agree(own.secretKey, ratchet.theirs)
    if (agreed === undefined) return undefined
    const { root, chain, headerKey } = parts.stepRoot(ratchet.root, agreed)
    return { ...ratchet, own, root, sending: { headerKey: ratchet.nextSending, key: chain, n: 0 }, nextSending: headerKey }
  }

  /** Their new key against mine: the next receiving chain. My own key has done its work then. */
  function turnReceiving(ratchet: Ratchet, theirs: Uint8Array): (Ratchet & { readonly receiving: Chain }) | undefined {
    const agreed = ratchet.own && parts.agree(ratchet.own.secretKey, theirs)
    if (agreed === undefined) return undefined
    const { root, chain, headerKey } = parts.stepRoot(ratchet.root, agreed)
    return {
      ...ratchet,
      root,
      theirs,
      own: undefined,
      before: ratchet.sending?.n ?? 0,
      sending: undefined,
      receiving: { headerKey: ratchet.nextReceiving, key: chain, n: 0 },
      nextReceiving: headerKey,
    }
  }

  /** Up to message `until`, with the keys of those that did not come. */
  function advance(chain: Chain, until: number): { chain: Chain; missed: SkippedKey[] } {
    const missed: SkippedKey[] = []
    let { key, n } = chain
    for (; n < until; n++) {
      const step = parts.stepChain(key)
      missed.push({ n, messageKey: step.messageKey })
      key = step.chain
    }
    return { chain: { ...chain, key, n }, missed }
  }

  function openNext(
    ratchet: Ratchet & { readonly receiving: Chain },
    n: number,
    message: Uint8Array,
    said: Uint8Array,
    now: number,
  ) {
    const { chain, missed } = advance(ratchet.receiving, n)
    const { chain: key, messageKey } = parts.stepChain(chain.key)
    const body = parts.openBody(messageKey, message, said)
    if (body === undefined) return undefined
    const waited = { headerKey: chain.headerKey, ratchetKey: ratchet.theirs! }
    const skipped = forgetOld(keepSkipped(ratchet.skipped, waited, missed, now, limits), now, limits)
    return { ratchet: { ...ratchet, receiving: { ...chain, key, n: n + 1 }, skipped }, body }
  }

  function openLate(ratchet: Ratchet, header: Header, message: Uint8Array, said: Uint8Array, now: number) {
    const found = findSkipped(ratchet.skipped, header, now, limits)
    const body = found && parts.openBody(found.messageKey, message, said)
    return body && { ratchet: { ...ratchet, skipped: forgetOld(withoutSkipped(ratchet.skipped, found), now, limits) }, body }
  }

  function openTurned(ratchet: Ratchet, header: Header, message: Uint8Array, said: Uint8Array, now: number) {
    const { receiving, theirs } = ratchet
    const left = receiving === undefined ? 0 : Math.max(0, header.before - receiving.n)
    if (left + header.n > limits.skippedAtOnce) return undefined
    const turned = turnReceiving(ratchet, header.ratchetKey)
    if (turned === undefined) return undefined
    if (receiving === undefined || left === 0) return openNext(turned, header.n, message, said, now)
    const { missed } = advance(receiving, header.before)
    const waited = { headerKey: receiving.headerKey, ratchetKey: theirs! }
    const skipped = keepSkipped(ratchet.skipped, waited, missed, now, limits)
    return openNext({ ...turned, skipped }, header.n, message, said, now)
  }

  return {
    initiate: ({ root, initiatorHeader, responderHeader }, theirs) =>
      turnSending({ ...fresh, root, theirs, nextSending: initiatorHeader, nextReceiving: responderHeader }),

    respond: ({ root, initiatorHeader, responderHeader }, own) => ({
      ...fresh,
      root,
      own,
      nextSending: responderHeader,
      nextReceiving: initiatorHeader,
    }),

    seal(ratchet, body, said) {
      const turned = ratchet.sending === undefined ? turnSending(ratchet) : ratchet
      if (turned?.sending === undefined || turned.own === undefined) return undefined
      const { headerKey, key, n } = turned.sending
      const { chain, messageKey } = parts.stepChain(key)
      const header = { ratchetKey: turned.own.publicKey, before: turned.before, n }
      const message = parts.sealMessage({ headerKey, messageKey }, header, body, said)
      return { ratchet: { ...turned, sending: { headerKey, key: chain, n: n + 1 } }, message }
    },

    open(ratchet, message, said, now) {
      const { receiving, theirs, skipped } = ratchet
      if (receiving !== undefined && theirs !== undefined) {
        const header = parts.openHeader(receiving.headerKey, message, said)
        if (header !== undefined && same(header.ratchetKey, theirs)) {
          if (header.n < receiving.n) return openLate(ratchet, header, message, said, now)
          const isFar = header.n - receiving.n > limits.skippedAtOnce
          return isFar ? undefined : openNext({ ...ratchet, receiving }, header.n, message, said, now)
        }
      }
      for (const { headerKey, ratchetKey } of skipped) {
        const header = parts.openHeader(headerKey, message, said)
        if (header !== undefined && same(header.ratchetKey, ratchetKey)) return openLate(ratchet, header, message, said, now)
      }
      const header = parts.openHeader(ratchet.nextReceiving, message, said)
      return header && openTurned(ratchet, header, message, said, now)
    },
  }
}

const fresh = { own: undefined, theirs: undefined, sending: undefined, receiving: undefined, before: 0, skipped: [] }
