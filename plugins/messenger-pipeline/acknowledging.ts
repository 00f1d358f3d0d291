import { equalBytes, messageOf } from '@palabre/sdk'
import type { Carried } from '@palabre/sdk/contract/route'
import type { Change, MessageState } from '@palabre/sdk/contract/store'
import type { Core } from './stations.ts'
import { takenBack } from './resealing.ts'

/** What becomes of what has left: told by roads in single pieces, kept in as few commits as can be. */
export interface Acknowledging {
  acknowledged(envelope: string, proof: Uint8Array): Promise<void>
  carried(envelopes: readonly string[], carried: Carried): void
  /** Resolves when nothing is under way. */
  quiet(): Promise<void>
}

interface Turn {
  readonly changes: Change[]
  readonly done: (() => void)[]
}

export function createAcknowledging(core: Core): Acknowledging {
  let waiting: Turn = { changes: [], done: [] }
  let running: Promise<void> | undefined
  const acknowledgedNow = new Set<string>()

  const soon = (changes: readonly Change[], done: () => void): Promise<void> => {
    waiting.changes.push(...changes)
    waiting.done.push(done)
    running ??= Promise.resolve().then(work)
    return running
  }

  async function work(): Promise<void> {
    while (waiting.done.length > 0) {
      const { changes, done } = waiting
      waiting = { changes: [], done: [] }
      try {
        await core.store.commit(changes)
        for (const tell of done) tell()
      } catch (error) {
        core.log.error('what was delivered could not be kept', { reason: messageOf(error) })
        acknowledgedNow.clear()
      }
    }
    running = undefined
  }

  return {
    async acknowledged(envelope, proof) {
      const row = core.outbox.row(envelope)
      if (row === undefined || acknowledgedNow.has(envelope) || !equalBytes(row.proof, proof)) return
      acknowledgedNow.add(envelope)
      const { message, conversation } = row
      const isWhole = message !== undefined && core.outbox.ofMessage(message).every((other) => acknowledgedNow.has(other))
      await soon([...takenBack(envelope), ...(isWhole ? await delivered(message) : [])], () => {
        acknowledgedNow.delete(envelope)
        core.outbox.remove(envelope)
        core.delivery.acknowledged(conversation, envelope)
        if (isWhole) void core.tellMessage('changed', message)
      })
    },
    carried(envelopes, { state, at = [] }) {
      const changes: Change[] = []
      const messages = new Set<string>()
      for (const envelope of envelopes) {
        const row = core.outbox.row(envelope)
        if (row === undefined || acknowledgedNow.has(envelope)) continue
        if (state === 'stored') {
          core.outbox.replace({ ...row, storedAt: at })
          changes.push({ do: 'requeue', envelope, set: { storedAt: at } })
        }
        if (row.message !== undefined && !messages.has(row.message)) changes.push(left(row.message, state, at.length))
        if (row.message !== undefined) messages.add(row.message)
      }
      if (changes.length > 0) void soon(changes, () => messages.forEach((id) => void core.tellMessage('changed', id)))
    },
    quiet: async () => {
      while (running !== undefined) await running
    },
  }

  /** Our own copy of something with a fuse begins to burn when they have it. */
  async function delivered(id: string): Promise<Change[]> {
    const message = await core.store.message(id)
    if (message === undefined || message.state === 'read') return []
    const expiresAt = message.fuse === undefined ? undefined : core.clock.now() + message.fuse
    return [{ do: 'alter', id, set: { state: 'delivered', ...(expiresAt === undefined ? {} : { expiresAt }) } }]
  }
}

function left(id: string, state: MessageState, copies: number): Change {
  return { do: 'alter', id, set: state === 'stored' ? { state, copies } : { state } }
}
