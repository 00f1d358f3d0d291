import { joinBytes } from '@palabre/sdk'
import type { Contact } from '@palabre/sdk/contract/contacts'
import type { Acknowledgement } from '@palabre/sdk/contract/route'
import type { Batch } from './batch.ts'
import { applyContent, type Applied } from './applying.ts'
import { decodeContent } from './content.ts'
import type { Held } from './held.ts'
import type { Core } from './stations.ts'
import { limits } from './limits.ts'
import { isGivenUp, moveOn, turnOf } from './order.ts'
import type { PeerState } from './peer-state.ts'

export interface Taken {
  readonly state: PeerState
  /** What its author can be told now. */
  readonly acknowledged: readonly Acknowledgement[]
  done(): void
}

/** An open envelope; `bytes` are those of its body. */
export interface Arrived extends Held {
  readonly bytes: Uint8Array
}

/**
 * Takes in what one envelope held, in the order in which its author wrote: what comes too early waits in the store for what is missing,
 * and is acknowledged when it is taken.
 */
export async function takeInTurn(core: Core, contact: Contact, state: PeerState, batch: Batch, arrived: Arrived): Promise<Taken> {
  const taking = createTaking(core, contact, batch)
  const { epoch, number } = arrived.body
  if (epoch === 0) {
    await taking.take([arrived])
    return taking.all(state)
  }
  if (isGivenUp(state.heard, epoch)) {
    taking.giveUp(arrived)
    return taking.all(state)
  }
  const turn = turnOf(state.heard, epoch, number)
  if (turn === 'now') return taking.all({ ...state, heard: await goOn(taking, state.heard, epoch, arrived) })
  const pieces = turn === 'past' ? taking.piecesWith(arrived) : undefined
  if (pieces === undefined) taking.hold(arrived)
  else await taking.take(pieces)
  return taking.all(state)
}

/** Numbers that were waited for long enough: what follows them can be shown. */
export async function skip(
  core: Core,
  contact: Contact,
  state: PeerState,
  batch: Batch,
  epoch: number,
  upTo: number,
): Promise<Taken> {
  const taking = createTaking(core, contact, batch)
  return taking.all({ ...state, heard: await goOn(taking, moveOn(state.heard, epoch, upTo), epoch) })
}

/** The one whose turn it is, and all that waited only for it. */
async function goOn(taking: Taking, before: PeerState['heard'], epoch: number, arrived?: Arrived): Promise<PeerState['heard']> {
  let heard = before
  for (let first = arrived; ; first = undefined) {
    const number = heard.find((one) => one.epoch === epoch)?.next ?? 0
    const next = first ?? taking.held(epoch, number)
    if (next === undefined) return heard
    const pieces = taking.piecesWith(next)
    if (pieces !== undefined) await taking.take(pieces)
    else if (first !== undefined) taking.hold(first)
    if (number === 0) taking.dropBefore(epoch)
    heard = moveOn(heard, epoch, number + 1)
  }
}

type Taking = ReturnType<typeof createTaking>

/** As part of one step: what it pushes, what can be acknowledged, and what must happen once it is committed. */
function createTaking(core: Core, contact: Contact, batch: Batch) {
  const { held } = core
  const done: Applied[] = []
  const acknowledged: Acknowledgement[] = []

  const letGo = (one: Held) => {
    batch.push(held.dropping(contact.id, one))
    held.dropped(contact.id, one)
  }

  const giveUp = ({ envelope }: Held) => batch.push({ do: 'see', envelope, proof: new Uint8Array(), at: core.clock.now() })

  return {
    held: (epoch: number, number: number) => held.get(contact.id, epoch, number),
    hold(arrived: Arrived): void {
      if (held.count(contact.id) >= limits.held) throw new RangeError('too much of this contact waits for what is missing')
      batch.push(held.keeping(contact.id, arrived.bytes, arrived, core.clock.now()))
      held.kept(contact.id, arrived, core.clock.now())
    },
    /** All parts of what this one belongs to; undefined while one is missing. */
    piecesWith(one: Held): readonly Held[] | undefined {
      const { epoch, number, part, parts } = one.body
      const others = Array.from({ length: parts }, (_, at) => (at === part ? one : held.get(contact.id, epoch, number - part + at)))
      return others.includes(undefined) ? undefined : (others as Held[])
    },
    async take(pieces: readonly Held[]): Promise<void> {
      for (const { envelope, body } of pieces) {
        const kept = held.get(contact.id, body.epoch, body.number)
        if (kept !== undefined) letGo(kept)
        batch.push({ do: 'see', envelope, proof: body.proof, at: core.clock.now() })
        acknowledged.push({ envelope, proof: body.proof })
      }
      done.push(await apply(core, contact, batch, joinBytes(...pieces.map(({ body }) => body.content))))
    },
    /** Its author has begun a new numbering, and brings in it, in order, whatever was not acknowledged. */
    giveUp,
    dropBefore(epoch: number): void {
      for (const one of held.before(contact.id, epoch)) {
        letGo(one)
        giveUp(one)
      }
    },
    all: (state: PeerState): Taken => ({ state, acknowledged, done: () => done.forEach((tell) => tell()) }),
  }
}

async function apply(core: Core, contact: Contact, batch: Batch, bytes: Uint8Array): Promise<Applied> {
  const content = decodeContent(bytes)
  if (content !== undefined) return applyContent(core, contact, batch, content)
  core.log.warn('a message is of a kind that we do not know', { contact: contact.id.slice(0, 12) })
  return () => undefined
}
