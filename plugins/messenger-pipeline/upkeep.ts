import type { UserId } from '@palabre/sdk/contract/identity'
import type { Change } from '@palabre/sdk/contract/store'
import type { Core } from './stations.ts'
import { limits } from './limits.ts'
import { notice } from './notices.ts'
import { renumber, takenBack } from './resealing.ts'
import { skip } from './taking.ts'

/** What time alone brings about. Each is called now and then; a clock that jumps makes it early or late, never wrong. */
export interface Upkeep {
  /** Messages that were read and whose fuse has burnt down leave without a trace. */
  burn(): Promise<void>
  /** What waited for too long is given up and told. */
  giveUp(): Promise<void>
  /** What came before its turn is shown after a while, with the gap. */
  closeGaps(): Promise<void>
  forget(): Promise<void>
}

export function createUpkeep(core: Core): Upkeep {
  const { store, clock, outbox } = core
  return {
    async burn() {
      const over = await store.expired(clock.now(), 500)
      if (over.length === 0) return
      await store.commit(over.map(({ id }): Change => ({ do: 'erase', id })))
      for (const { id, conversation } of over) core.tell({ kind: 'erased', conversation, id })
    },
    async giveUp() {
      const now = clock.now()
      for (const contact of outbox.contacts()) {
        const over = outbox
          .rows(contact)
          .filter(({ queuedAt, storedAt }) => now - queuedAt > (storedAt.length > 0 ? limits.stored : limits.outbox))
        if (over.length > 0) await takeBack(core, contact, over, 'timed-out')
      }
    },
    async closeGaps() {
      const before = clock.now() - limits.gapPatience
      const stuck = new Map<string, number>()
      for (const { contact, epoch, since } of core.held.waiting()) if (since < before) stuck.set(contact, epoch)
      for (const [contact, epoch] of stuck) await closeGap(core, contact, epoch)
    },
    forget: () => store.commit([{ do: 'forget-seen', before: clock.now() - limits.seen }]).then(() => undefined),
  }
}

/** These envelopes do not go any more: their messages have failed. */
export async function takeBack(
  core: Core,
  contact: string,
  rows: readonly { readonly envelope: string; readonly message?: string | undefined }[],
  because: string,
): Promise<void> {
  await core.lane(contact).run(async (_state, batch) => {
    const waiting = rows.filter(({ envelope }) => core.outbox.row(envelope) !== undefined)
    batch.push(...waiting.flatMap(({ envelope }) => takenBack(envelope)))
    const messages = new Set(waiting.map(({ message }) => message).filter((id) => id !== undefined))
    for (const id of messages) {
      const state = (await batch.message(id))?.state
      if (state === 'delivered' || state === 'read') messages.delete(id)
      else batch.push({ do: 'alter', id, set: { state: 'failed', why: because } })
    }
    const done = () => {
      for (const { envelope } of waiting) core.outbox.remove(envelope)
      for (const id of messages) void core.tellMessage('changed', id)
    }
    return { value: undefined, done }
  })
  const person = await core.contacts.get(contact as UserId)
  if (person === undefined || person.blocked) return
  await renumber(core, person)
}

async function closeGap(core: Core, contact: string, epoch: number): Promise<void> {
  const person = await core.contacts.get(contact as UserId)
  if (person === undefined) return
  await core.lane(contact).run(async (state, batch) => {
    if (state === undefined) return { value: undefined }
    const next = state.heard.find((one) => one.epoch === epoch)?.next ?? 0
    const numbers = core.held
      .waiting()
      .filter((one) => one.contact === contact && one.epoch === epoch && one.number > next)
      .map(({ number }) => number)
    if (numbers.length === 0) return { value: undefined }
    const upTo = Math.min(...numbers)
    const told = notice(core, person, `gap/${upTo - next}`)
    batch.push({ do: 'add', message: told })
    const skipped = await skip(core, person, state, batch, epoch, upTo)
    const done = () => {
      core.held.owe(contact, skipped.acknowledged)
      skipped.done()
      void core.tellMessage('message', told.id)
    }
    return { state: skipped.state, value: undefined, done }
  })
}
