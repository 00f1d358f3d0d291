import { PalabreError, text } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { Identity } from '@palabre/sdk/contract/identity'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import { bodyLimit, type Answered, type Prekeys, type Sealed, type Suite } from '@palabre/sdk/contract/suite'
import { agreeFirst, agreeSecond, findKeys } from './agreement.ts'
import { join, nothing, same } from './bytes.ts'
import {
  newConversation,
  nextStanding,
  shortId,
  withAdvanced,
  withBegun,
  withTheirs,
  type Conversation,
  type Strand,
} from './conversation.ts'
import { createDoubleRatchet } from './double-ratchet.ts'
import { introductionSize, splitIntroduction } from './introduction.ts'
import { damaged } from './kept.ts'
import { makeOffer, readOffer } from './offer.ts'
import { pad, unpad } from './padding.ts'
import { decodePrekeys, encodePrekeys } from './prekeys-codec.ts'
import { giveOne, newPrekeys, renewed, standingOf, used, wasAnswered } from './prekeys.ts'
import { messageOverhead, ratchetParts } from './ratchet-parts.ts'
import { decodeSession, encodeSession } from './session-codec.ts'

export interface RatchetSuiteParts {
  readonly identity: Identity
  readonly primitives: Primitives
  readonly clock: Clock
}

/** X3DH with ML-KEM-768, then the Double Ratchet with encrypted headers. Keeps nothing: states come in and go out as bytes. */
export function createRatchetSuite({ identity, primitives, clock }: RatchetSuiteParts): Suite {
  const ratchets = createDoubleRatchet(ratchetParts(primitives))

  return {
    name: 'ratchet',
    strength: 10,
    createPrekeys: (now) => encodePrekeys(newPrekeys(primitives, now)),

    renewPrekeys(prekeys, now) {
      const next = renewed(primitives, decodePrekeys(prekeys), now)
      return next && encodePrekeys(next)
    },

    prekeysStanding: (prekeys) => standingOf(decodePrekeys(prekeys)),

    offer(prekeys, { once }) {
      const state = decodePrekeys(prekeys)
      if (!once) return { prekeys, offer: makeOffer(primitives, identity, state.generations[0]!) }
      const given = giveOne(primitives, state)
      return {
        prekeys: encodePrekeys(given.state),
        offer: makeOffer(primitives, identity, given.state.generations[0]!, given.one),
      }
    },

    begin(offer, them, existing) {
      const before = existing === undefined ? newConversation(Uint8Array.from(them)) : conversationWith(them, existing)
      const offered = readOffer(identity, offer, them)
      const standing = nextStanding(before)
      const agreed = offered && !same(them, identity.signingKey) ? agreeFirst(primitives, identity, offered, standing) : undefined
      const ratchet = agreed && ratchets.initiate(agreed.secrets, offered!.prekey)
      if (ratchet === undefined) throw badOffer()
      const { id, binding, introduction } = agreed!
      return encodeSession(withBegun(before, { ...standing, id, isMine: true, binding, introduction, ratchet }))
    },

    seal(session, body) {
      if (body.length > bodyLimit) throw tooLarge(body.length)
      const conversation = decodeSession(session)
      const strand = conversation.strands[0]!
      const introduction = strand.introduction ?? nothing
      const frame = pad(conversation.begun, body, introduction.length + messageOverhead)
      const step = ratchets.seal(strand.ratchet, frame, saidBy(strand, true))
      // Every session was made by a step after which something can be sealed.
      if (step === undefined) throw damaged()
      const strands = conversation.strands.with(0, { ...strand, ratchet: step.ratchet })
      return { session: encodeSession({ ...conversation, strands }), sealed: join(introduction, step.message) as Sealed }
    },

    open(session, sealed) {
      const opened = openWithAny(decodeSession(session), sealed)
      return opened && { session: encodeSession(opened.conversation), body: opened.body, repaired: false }
    },

    async answer(prekeys, sealed, sessionOf): Promise<Answered | undefined> {
      const introduction = splitIntroduction(sealed)
      if (introduction === undefined) return undefined
      const state = decodePrekeys(prekeys)
      const found = findKeys(primitives, state, introduction)
      const bytes = sealed.subarray(0, introductionSize)
      const second = found && agreeSecond(primitives, identity, found, bytes, introduction)
      if (second === undefined) return undefined
      const { introduced } = second
      const them = introduced.signingKey

      const existing = await sessionOf(Uint8Array.from(them))
      const before = existing === undefined ? newConversation(them) : conversationWith(them, existing)
      const agreed = second.agree()
      if (agreed === undefined) return undefined
      if (before.strands.some(({ id }) => same(id, agreed.id))) {
        const again = openWithAny(before, sealed)
        return again && answered(prekeys, again, false)
      }
      if (wasAnswered(found!.generation, shortId(agreed.id))) return undefined

      const ratchet = ratchets.respond(agreed.secrets, found!.generation.prekey)
      const { id, binding } = agreed
      const { attempt, knew } = introduced
      const strand: Strand = { id, isMine: false, attempt, knew, binding, introduction: undefined, ratchet }
      const opened = openWith(strand, sealed.subarray(introductionSize))
      if (opened === undefined) return undefined
      const settled = withTheirs(before, { ...strand, ratchet: opened.ratchet })
      const after = used(state, found!.generation, found!.oneTime, shortId(id))
      return answered(encodePrekeys(after), { conversation: settled.conversation, body: opened.body }, settled.repaired)

      function answered(next: Prekeys, { conversation, body }: OpenedConversation, repaired: boolean): Answered {
        return { prekeys: next, them: Uint8Array.from(them), session: encodeSession(conversation), body, repaired }
      }
    },
  }

  interface OpenedConversation {
    readonly conversation: Conversation
    readonly body: Uint8Array
  }

  function openWith(strand: Strand, message: Uint8Array) {
    const opening = ratchets.open(strand.ratchet, message, saidBy(strand, false), clock.now())
    const frame = opening && unpad(opening.body)
    return frame && { ratchet: opening.ratchet, told: frame.aside, body: frame.body }
  }

  /** With each ratchet as it is, and without the introduction with the one it names. */
  function openWithAny(conversation: Conversation, sealed: Uint8Array): OpenedConversation | undefined {
    const { strands } = conversation
    for (let at = 0; at < strands.length; at++) {
      const opened = openWith(strands[at]!, sealed)
      if (opened !== undefined)
        return { conversation: withAdvanced(conversation, at, opened.ratchet, opened.told), body: opened.body }
    }
    if (sealed.length < introductionSize || strands.every(({ isMine }) => isMine)) return undefined
    const id = primitives.sha256(sealed.subarray(0, introductionSize))
    const at = strands.findIndex((one) => !one.isMine && same(one.id, id))
    const opened = at < 0 ? undefined : openWith(strands[at]!, sealed.subarray(introductionSize))
    return opened && { conversation: withAdvanced(conversation, at, opened.ratchet, opened.told), body: opened.body }
  }
}

/** What is authenticated with each message: which agreement, and in which direction. */
function saidBy({ binding, isMine }: Strand, byMe: boolean): Uint8Array {
  return join(binding, Uint8Array.of(isMine === byMe ? 1 : 2))
}

function conversationWith(them: Uint8Array, session: Uint8Array): Conversation {
  const conversation = decodeSession(session)
  if (same(conversation.them, them)) return conversation
  throw new PalabreError('internal', text('this session is with somebody else', 'cette session est avec quelqu’un d’autre'))
}

function badOffer(): PalabreError {
  return new PalabreError(
    'peer-misbehaved',
    text('these keys are not sound, or not theirs', 'ces clés ne sont pas valables, ou pas les leurs'),
    { todo: text('Ask for a new invite.', 'Demandez une nouvelle invitation.') },
  )
}

function tooLarge(length: number): PalabreError {
  return new PalabreError(
    'too-large',
    text(
      `${length} bytes are more than one message takes (${bodyLimit})`,
      `${length} octets dépassent ce qu’un message porte (${bodyLimit})`,
    ),
  )
}
