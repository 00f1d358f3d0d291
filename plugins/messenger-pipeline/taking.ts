import { joinBytes } from '@palabre/sdk'
import type { Contact } from '@palabre/sdk/contract/contacts'
import type { Batch } from './batch.ts'
import type { Body } from './body.ts'
import { applyContent, type Applied } from './applying.ts'
import { decodeContent } from './content.ts'
import type { Core } from './stations.ts'
import { limits } from './limits.ts'
import { moveOn, turnOf } from './order.ts'
import type { PeerState } from './peer-state.ts'

export interface Taken {
  readonly state: PeerState
  done(): void
}

/**
 * Takes in what one envelope held, in the order in which its author wrote: what comes too early waits in the store for what is missing.
 */
export async function takeInTurn(
  core: Core,
  contact: Contact,
  state: PeerState,
  batch: Batch,
  bytes: Uint8Array,
  body: Body,
): Promise<Taken> {
  const done: Applied[] = []
  const all = (next: PeerState): Taken => ({ state: next, done: () => done.forEach((tell) => tell()) })

  if (body.epoch === 0) {
    done.push(await apply(core, contact, batch, body.content))
    return all(state)
  }
  const turn = turnOf(state.heard, body.epoch, body.number)
  if (turn === 'past') {
    if (body.parts === 1) done.push(await apply(core, contact, batch, body.content))
    return all(state)
  }
  if (turn === 'ahead') {
    if (core.held.count(contact.id) >= limits.held) throw new RangeError('too much of this contact waits for what is missing')
    hold(core, contact, batch, bytes, body)
    return all(state)
  }
  return all(await goOn(core, contact, state, batch, { bytes, body }, done))
}

/** Numbers that will never come, or that were waited for long enough: what follows them can be shown. */
export async function skip(
  core: Core,
  contact: Contact,
  state: PeerState,
  batch: Batch,
  epoch: number,
  upTo: number,
): Promise<Taken> {
  const done: Applied[] = []
  const heard = moveOn(state.heard, epoch, upTo)
  const next = await goOn(core, contact, { ...state, heard }, batch, undefined, done, epoch)
  return { state: next, done: () => done.forEach((tell) => tell()) }
}

interface Arrived {
  readonly bytes: Uint8Array
  readonly body: Body
}

/** The one whose turn it is, and all that waited only for it. */
async function goOn(
  core: Core,
  contact: Contact,
  state: PeerState,
  batch: Batch,
  first: Arrived | undefined,
  done: Applied[],
  epoch = first?.body.epoch ?? 0,
): Promise<PeerState> {
  let heard = state.heard
  for (let now = first; ; now = undefined) {
    const number = heard.find((one) => one.epoch === epoch)?.next ?? 0
    const body = now?.body ?? core.held.get(contact.id, epoch, number)
    if (body === undefined) return { ...state, heard }
    await takeOne(core, contact, batch, now?.bytes, body, done)
    heard = moveOn(heard, epoch, number + 1)
  }
}

async function takeOne(
  core: Core,
  contact: Contact,
  batch: Batch,
  bytes: Uint8Array | undefined,
  body: Body,
  done: Applied[],
): Promise<void> {
  if (body.part === 0) dropUnfinished(core, contact, batch, body)
  if (body.part < body.parts - 1) {
    if (bytes !== undefined) hold(core, contact, batch, bytes, body)
    return
  }
  if (bytes === undefined) letGo(core, contact, batch, body)
  const content = wholeOf(core, contact, batch, body)
  if (content !== undefined) done.push(await apply(core, contact, batch, content))
}

/** Parts before a beginning, whose last one never came: nobody asks for them any more. */
function dropUnfinished(core: Core, contact: Contact, batch: Batch, { epoch, number }: Body): void {
  if (core.held.count(contact.id) === 0) return
  for (let back = 1; back < limits.parts; back++) {
    const part = core.held.get(contact.id, epoch, number - back)
    if (part !== undefined) letGo(core, contact, batch, part)
  }
}

/** Undefined when a part of it was skipped. */
function wholeOf(core: Core, contact: Contact, batch: Batch, last: Body): Uint8Array | undefined {
  const pieces = [last.content]
  for (let back = 1; back < last.parts; back++) {
    const earlier = core.held.get(contact.id, last.epoch, last.number - back)
    if (earlier === undefined) return undefined
    pieces.unshift(earlier.content)
    letGo(core, contact, batch, earlier)
  }
  return joinBytes(...pieces)
}

function hold(core: Core, contact: Contact, batch: Batch, bytes: Uint8Array, body: Body): void {
  batch.push(core.held.keeping(contact.id, bytes, body))
  core.held.kept(contact.id, body, core.clock.now())
}

function letGo(core: Core, contact: Contact, batch: Batch, { epoch, number }: Body): void {
  batch.push(core.held.dropping(contact.id, epoch, number))
  core.held.dropped(contact.id, epoch, number)
}

async function apply(core: Core, contact: Contact, batch: Batch, bytes: Uint8Array): Promise<Applied> {
  const content = decodeContent(bytes)
  if (content !== undefined) return applyContent(core, contact, batch, content)
  core.log.warn('a message is of a kind that we do not know', { contact: contact.id.slice(0, 12) })
  return () => undefined
}
