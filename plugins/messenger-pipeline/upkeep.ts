import type { UserId } from '@palabre/sdk/contract/identity'
import type { Change, OutboxRow } from '@palabre/sdk/contract/store'
import type { Batch } from './batch.ts'
import type { Core } from './stations.ts'
import { limits } from './limits.ts'
import { notice } from './notices.ts'
import type { QueuedRows } from './queued-rows.ts'
import { renumbered, takenBack } from './resealing.ts'
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
      for (;;) {
        const over = await store.expired(clock.now(), 500)
        if (over.length === 0) return
        await store.commit(over.map(({ id }): Change => ({ do: 'erase', id })))
        for (const { id, conversation } of over) core.tell({ kind: 'erased', conversation, id })
      }
    },
    async giveUp() {
      const now = clock.now()
      const isOver = ({ queuedAt, storedAt }: OutboxRow) => now - queuedAt > (storedAt.length > 0 ? limits.stored : limits.outbox)
      for (const contact of outbox.contacts()) {
        const overIn = (rows: QueuedRows) => rows.rows(contact).filter(isOver)
        if (overIn(outbox).length > 0) await takeBack(core, contact, overIn, 'timed-out')
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

/** What waits of these messages, or in these envelopes, does not go any more: the messages have failed. */
export async function takeBack(
  core: Core,
  contact: string,
  choose: (outbox: QueuedRows) => readonly OutboxRow[],
  because: string,
): Promise<void> {
  const person = await core.contacts.get(contact as UserId)
  await core.lane(contact).run(async (state, batch) => {
    const waiting = choose(batch.outbox)
    if (waiting.length === 0) return { value: undefined }
    const messages = await failing(batch, waiting)
    batch.push(...waiting.flatMap(({ envelope }) => takenBack(envelope)))
    batch.push(...messages.map((id): Change => ({ do: 'alter', id, set: { state: 'failed', why: because } })))
    const isHeard = state !== undefined && person !== undefined && !person.blocked
    const rest = isHeard ? await renumbered(core, person, state, batch) : undefined
    const done = () => {
      for (const { envelope } of waiting) core.outbox.remove(envelope)
      rest?.done()
      for (const id of messages) void core.tellMessage('changed', id)
    }
    return { state: rest?.state, value: undefined, done }
  })
}

/** A message of which something waits still may have come all the same. */
async function failing(batch: Batch, rows: readonly OutboxRow[]): Promise<readonly string[]> {
  const ids = [...new Set(rows.flatMap(({ message }) => message ?? []))]
  const states = await Promise.all(ids.map(async (id) => (await batch.message(id))?.state))
  return ids.filter((_id, at) => states[at] !== 'delivered' && states[at] !== 'read')
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
