import { equalBytes, messageOf } from '@palabre/sdk'
import type { Carried } from '@palabre/sdk/contract/route'
import type { MessageState } from '@palabre/sdk/contract/store'
import type { Batch } from './batch.ts'
import { limits } from './limits.ts'
import { takenBack } from './resealing.ts'
import type { Core } from './stations.ts'

/** What becomes of what has left: told by roads in single pieces, kept as steps of the lane, which share their commits. */
export interface Acknowledging {
  acknowledged(envelope: string, proof: Uint8Array): Promise<void>
  carried(envelopes: readonly string[], carried: Carried): void
  /** Resolves when nothing is under way. */
  quiet(): Promise<void>
}

export function createAcknowledging(core: Core): Acknowledging {
  const running = new Set<Promise<void>>()

  const isOpen = (envelope: string) => core.outbox.row(envelope) !== undefined

  async function acknowledge(envelope: string, conversation: string): Promise<void> {
    await core.lane(conversation).run(async (_state, batch) => {
      const row = batch.outbox.row(envelope)
      if (row === undefined) return { value: undefined }
      const { message } = row
      batch.push(...takenBack(envelope))
      const isWhole = message !== undefined && batch.outbox.ofMessage(message).length === 0
      if (isWhole) await delivered(core, batch, message)
      const done = () => {
        core.outbox.remove(envelope)
        core.delivery.acknowledged(conversation, envelope)
        if (isWhole) void core.tellMessage('changed', message)
      }
      return { value: undefined, done }
    })
  }

  async function left(conversation: string, envelopes: readonly string[], { state, at = [] }: Carried): Promise<void> {
    // Where they are there the acknowledgement is faster, and nobody has to write this down.
    if (state === 'sent') await core.clock.sleep(limits.ackAtOnce, core.signal)
    if (!envelopes.some(isOpen)) return
    await core.lane(conversation).run(async (_state, batch) => {
      const changed: string[] = []
      for (const row of envelopes.flatMap((envelope) => batch.outbox.row(envelope) ?? [])) {
        if (state === 'stored') batch.push({ do: 'requeue', envelope: row.envelope, set: { storedAt: at } })
        if (row.message === undefined || changed.includes(row.message)) continue
        if (await advance(batch, row.message, state, at.length)) changed.push(row.message)
      }
      const done = () => {
        for (const envelope of envelopes) {
          const row = state === 'stored' ? core.outbox.row(envelope) : undefined
          if (row !== undefined) core.outbox.replace({ ...row, storedAt: at })
        }
        for (const id of changed) void core.tellMessage('changed', id)
      }
      return { value: undefined, done }
    })
  }

  return {
    async acknowledged(envelope, proof) {
      const row = core.outbox.row(envelope)
      if (row === undefined || !equalBytes(row.proof, proof)) return
      await acknowledge(envelope, row.conversation)
    },
    carried(envelopes, carried) {
      const byPerson = Map.groupBy(envelopes.filter(isOpen), (envelope) => core.outbox.row(envelope)!.conversation)
      for (const [conversation, theirs] of byPerson) {
        const work = left(conversation, theirs, carried)
          .catch((error: unknown) => {
            if (!core.signal.aborted) core.log.error('what has left could not be written down', { reason: messageOf(error) })
          })
          .finally(() => running.delete(work))
        running.add(work)
      }
    },
    async quiet() {
      await Promise.all(running)
    },
  }
}

/** Our own copy of something with a fuse begins to burn when they have it. */
async function delivered(core: Core, batch: Batch, id: string): Promise<void> {
  const fuse = (await batch.message(id))?.fuse
  if (!(await advance(batch, id, 'delivered')) || fuse === undefined) return
  batch.push({ do: 'alter', id, set: { expiresAt: core.clock.now() + fuse } })
}

const steps: readonly MessageState[] = ['queued', 'sent', 'stored', 'delivered', 'read']

/** A message brought a second time is not less far than it was. Whether it has come further, one more mailbox included. */
async function advance(batch: Batch, id: string, state: MessageState, copies = 0): Promise<boolean> {
  const message = await batch.message(id)
  if (message === undefined || message.state === 'failed') return false
  const isMore = state === 'stored' && message.state === 'stored' && copies > (message.copies ?? 0)
  if (steps.indexOf(message.state) >= steps.indexOf(state) && !isMore) return false
  batch.push({ do: 'alter', id, set: state === 'stored' ? { state, copies } : { state } })
  return true
}
