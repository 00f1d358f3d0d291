import { toBase64Url, utf8 } from '@palabre/sdk'
import type { Contact } from '@palabre/sdk/contract/contacts'
import type { Change } from '@palabre/sdk/contract/store'
import type { Card } from './content.ts'
import type { Core } from './stations.ts'
import { limits } from './limits.ts'
import type { PeerState } from './peer-state.ts'
import { resealed } from './resealing.ts'
import { sendContent } from './saying.ts'
import { freshEpoch } from './sealing.ts'

/**
 * The first thing said to somebody whose invite we accepted: who we are, where we are, and which invite it was. By another invite it is
 * said anew, with the keys of that one: those of the one before may have been used, or be gone, so that it never let us in.
 */
export async function greet(core: Core, contact: Contact): Promise<void> {
  const { offer, invite } = contact
  if (offer === undefined || invite === undefined || contact.blocked) return
  const card = await myCard(core, contact)
  await core.lane(contact.id).run(async (state, batch) => {
    if (state !== undefined && (await batch.record('setting', greetedKey(contact)))) return { value: undefined }
    batch.push({ do: 'put', kind: 'setting', key: greetedKey(contact), value: new Uint8Array([1]) })
    batch.push(telling(core, contact, card))
    const begun = begunWith(core, contact, offer, state)
    const { state: next, done } = await resealed(core, contact, begun, batch, { kind: 'hello', invite, card })
    return { state: next, value: undefined, done }
  })
}

/** A session from what they offer, which seals from now on; what is under way in the one there was still opens. */
export function begunWith(core: Core, { key, suite }: Contact, offer: Uint8Array, before: PeerState | undefined): PeerState {
  return {
    suite,
    session: core.suiteCalled(suite).begin(offer, key, before?.suite === suite ? before.session : undefined),
    epoch: freshEpoch(core, before),
    next: 0,
    heard: before?.heard ?? [],
    begunAt: core.clock.now(),
  }
}

const greetedKey = (contact: Contact) => `greeted/${contact.id}/${contact.invite}`

/** Tells them what has changed about us since we told them last. In turn: what is told last is what holds now. */
export const tellCard = (core: Core, contact: Contact): Promise<void> => core.inTurn(contact.id, () => tellNow(core, contact))

async function tellNow(core: Core, contact: Contact): Promise<void> {
  if (contact.blocked || contact.suspect !== undefined) return
  const card = await myCard(core, contact)
  const last = await lastTold(core, contact)
  if (last?.week === weekOf(core) && same(last, card)) return
  if (await core.lane(contact.id).hasSession())
    await sendContent(core, contact, { kind: 'card', card }, [telling(core, contact, card)])
}

/** With the week: what a lost session can be begun from grows old. */
type Told = Pick<Card, 'name' | 'hints'> & { readonly week?: number }

const weekOf = (core: Core) => Math.floor(core.clock.now() / limits.cardAge)

const toldKey = (contact: Contact) => `card/${contact.id}`

const telling = (core: Core, contact: Contact, { name, hints }: Told): Change => {
  const told: Told = { name, hints, week: weekOf(core) }
  return { do: 'put', kind: 'setting', key: toldKey(contact), value: utf8.encode(JSON.stringify(told)) }
}

async function lastTold(core: Core, contact: Contact): Promise<Told | undefined> {
  const kept = await core.store.record('setting', toldKey(contact))
  return kept === undefined ? undefined : (JSON.parse(utf8.decode(kept) ?? 'null') as Told)
}

const same = (told: Told | undefined, { name, hints }: Card) =>
  told?.name === name &&
  Object.keys(told.hints).length === Object.keys(hints).length &&
  Object.entries(hints).every(([route, one]) => JSON.stringify(told.hints[route]) === JSON.stringify(one))

/** What does not run, because it has not started yet or is off, is told as it was: nothing was said of it. */
export async function myCard(core: Core, contact: Contact): Promise<Card> {
  const [offer] = await core.keyring.offers({ once: false })
  const audience = { contact: contact.id }
  const now = await Promise.all([
    ...[...core.routes].map(async (route) => [route.name, await route.hints(audience)] as const),
    ...[...core.tellings].map(async (one) => [one.name, await one.tell(contact.id)] as const),
  ])
  const before = (await lastTold(core, contact))?.hints ?? {}
  const hints = Object.entries({ ...before, ...Object.fromEntries(now) })
  return {
    name: await core.contacts.myName(),
    hints: Object.fromEntries(hints.filter(([, one]) => one !== undefined)),
    offer: toBase64Url(offer!.offer),
  }
}
