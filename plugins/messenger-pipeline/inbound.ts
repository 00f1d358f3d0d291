import type { Admission, Contact } from '@palabre/sdk/contract/contacts'
import type { UserId } from '@palabre/sdk/contract/identity'
import type { Acknowledgement, Envelope, Sender } from '@palabre/sdk/contract/route'
import type { Answered, Opened, Session } from '@palabre/sdk/contract/suite'
import { fromBase64Url } from '@palabre/sdk'
import type { Batch } from './batch.ts'
import { decodeBody } from './body.ts'
import { decodeContent } from './content.ts'
import type { Core } from './stations.ts'
import { renewed, resealed } from './resealing.ts'
import type { PeerState } from './peer-state.ts'
import { freshEpoch } from './sealing.ts'
import { takeInTurn } from './taking.ts'

/** What can be acknowledged now; undefined when nobody here can open it. */
type Received = readonly Acknowledgement[] | undefined

/** in: frame → seen before? → open → store → acknowledge → show. */
export async function receive(core: Core, envelope: Envelope, from: Sender): Promise<Received> {
  return (
    (await openFromAny(core, envelope, from)) ??
    (await answer(core, envelope, from)) ??
    // Meanwhile the envelope before it may have made its author known, or their session anew.
    (await openFromAny(core, envelope, from))
  )
}

/** Of an envelope that came before: one that was given up is refused, since who brings it again has gone back to where it was not. */
export function toldOfSeen(envelope: string, proof: Uint8Array): Received {
  return proof.length === 0 ? undefined : [{ envelope, proof }]
}

async function openFromAny(core: Core, envelope: Envelope, from: Sender): Promise<Received> {
  for await (const contact of likely(core, from.contact)) {
    const received = await openFrom(core, contact, envelope)
    if (received === undefined) continue
    from.proved?.(contact.id)
    return received
  }
  return undefined
}

/** Everybody it may come from, whom the road names first. */
async function* likely(core: Core, named: string | undefined): AsyncGenerator<Contact> {
  const first = named === undefined ? undefined : await core.contacts.get(named as UserId)
  if (first?.blocked === false) yield first
  for (const contact of await core.contacts.list()) if (!contact.blocked && contact.id !== named) yield contact
}

/** As one step of their lane: a session that cannot open it is left as it was. */
function openFrom(core: Core, contact: Contact, envelope: Envelope): Promise<Received> {
  return core.lane(contact.id).run(async (state, batch) => {
    const known = await batch.seen(envelope.id)
    if (known !== undefined) return { value: toldOfSeen(envelope.id, known) }
    if (core.held.has(contact.id, envelope.id)) return { value: [] }
    const opened = state === undefined ? undefined : core.suiteCalled(state.suite).open(state.session, envelope.sealed)
    if (state === undefined || opened === undefined) return { value: undefined }
    return keep(core, contact, { ...state, session: opened.session }, batch, envelope, opened)
  })
}

/** A first message: of somebody whom we invited, or of a contact who begins anew because their session was lost. */
async function answer(core: Core, envelope: Envelope, from: Sender): Promise<Received> {
  for (;;) {
    try {
      return await answerOnce(core, envelope, from)
    } catch (error) {
      if (!(error instanceof SessionMoved)) throw error
    }
  }
}

/** While a first message was opened, something else was said or heard in the session that it goes with: it is opened again. */
class SessionMoved extends Error {}

function answerOnce(core: Core, envelope: Envelope, from: Sender): Promise<Received> {
  let session: Session | undefined
  const sessionOf = async (them: Uint8Array, suite: string) => {
    const state = await core.lane(core.identity.idOf(them)).run((now) => ({ value: now }))
    session = state?.suite === suite ? state.session : undefined
    return session
  }
  return core.keyring.answer(envelope.sealed, sessionOf, async (answered, usedUp) => {
    const id = core.identity.idOf(answered.them)
    const known = await core.contacts.get(id)
    const admission = known?.blocked === true ? undefined : await admissionOf(core, answered)
    const contact = admission?.contact ?? known
    if (contact === undefined || contact.blocked || isWeaker(core, answered.suite, contact.suite)) return undefined
    const received = await core.lane(id).run(async (state, batch) => {
      const now = state?.suite === answered.suite ? state.session : undefined
      if (now !== session) throw new SessionMoved()
      batch.push(usedUp, ...(admission?.changes ?? []))
      const kept = await keep(core, contact, begun(core, state, answered, admission !== undefined), batch, envelope, answered)
      const isRenumbered = kept.state.epoch !== state?.epoch
      const again = isRenumbered ? await resealed(core, contact, kept.state, batch) : undefined
      const told = answered.repaired ? renewed(core, contact, batch) : undefined
      return { ...kept, state: again?.state ?? kept.state, done: () => (admission?.kept(), kept.done?.(), again?.done(), told?.()) }
    })
    from.proved?.(id)
    core.delivery.reachable(id)
    return received
  })
}

/** Than what was spoken with them; one that is switched off counts as the strongest. Nobody is led back to a suite that they have left. */
function isWeaker({ suites }: Core, suite: string, spoken: string): boolean {
  const strengthOf = (name: string) => [...suites].find((one) => one.name === name)?.strength ?? Infinity
  return spoken !== '' && suite !== spoken && strengthOf(suite) < strengthOf(spoken)
}

type AnsweredBy = Answered & { readonly suite: string }

async function admissionOf(core: Core, { body, them, suite }: AnsweredBy): Promise<Admission | undefined> {
  const content = decodeContent(decodeBody(body)?.content ?? new Uint8Array())
  if (content?.kind !== 'hello') return undefined
  const { invite, card } = content
  const offer = fromBase64Url(card.offer)
  return offer && core.contacts.admit({ key: them, suite, invite, name: card.name, hints: card.hints, offer })
}

/**
 * A numbering of our own goes on when both began at once; it begins anew when theirs was lost. Who greets us after that knows nothing of
 * the numberings that they had.
 */
function begun(
  core: Core,
  before: PeerState | undefined,
  { suite, session, repaired }: AnsweredBy,
  isGreeting: boolean,
): PeerState {
  const isNew = before === undefined || repaired
  return {
    suite,
    session,
    epoch: isNew ? freshEpoch(core, before) : before.epoch,
    next: isNew ? 0 : before.next,
    heard: isNew && isGreeting ? [] : (before?.heard ?? []),
    begunAt: core.clock.now(),
  }
}

/** What was in it, taken or held, is committed with the session that opened it. */
async function keep(core: Core, contact: Contact, state: PeerState, batch: Batch, envelope: Envelope, opened: Opened) {
  const body = decodeBody(opened.body)
  if (body === undefined) {
    // A newer program's: it was opened, so it is theirs; there is nothing we could show.
    core.log.warn('a message is of a version that we do not know', { contact: contact.id.slice(0, 12) })
    return { state, value: undefined, done: undefined }
  }
  const taken = await takeInTurn(core, contact, state, batch, { envelope: envelope.id, bytes: opened.body, body })
  return { state: taken.state, value: [...taken.acknowledged, ...core.held.owed(contact.id)], done: taken.done }
}
