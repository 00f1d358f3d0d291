import type { Change, MessageChange, NewMessage, RecordKind, Store, StoredMessage } from '@palabre/sdk/contract/store'
import { changedRows, type QueuedRows } from './queued-rows.ts'

/** A message as it is kept, or will be. */
export type Known = NewMessage & Partial<StoredMessage>

/** Changes that will be committed together, and the store as it will look then. */
export interface Batch {
  readonly changes: readonly Change[]
  push(...changes: readonly Change[]): void
  message(id: string): Promise<Known | undefined>
  seen(envelope: string): Promise<Uint8Array | undefined>
  record(kind: RecordKind, key: string): Promise<Uint8Array | undefined>
  readonly outbox: QueuedRows
  /** A part of it that may yet be dropped. */
  fork(): Batch
  absorb(part: Batch): void
}

export function createBatch(store: Pick<Store, 'message' | 'seen' | 'record'>, outbox: QueuedRows): Batch {
  const changes: Change[] = []
  const messages = new Map<string, Known | undefined>()
  /** Of messages that nobody has asked for yet. */
  const altered = new Map<string, MessageChange>()
  const envelopes = new Map<string, Uint8Array>()
  const records = new Map<string, Uint8Array | undefined>()
  const queued = changedRows(outbox)

  const note = (change: Change) => {
    changes.push(change)
    queued.note(change)
    if (change.do === 'put') records.set(`${change.kind}/${change.key}`, change.value)
    if (change.do === 'remove') records.set(`${change.kind}/${change.key}`, undefined)
    if (change.do === 'see') envelopes.set(change.envelope, change.proof)
    if (change.do === 'erase') messages.set(change.id, undefined)
    if (change.do === 'add' && !messages.has(change.message.id)) messages.set(change.message.id, change.message)
    if (change.do === 'alter') alter(change.id, change.set)
  }

  const alter = (id: string, set: MessageChange) => {
    const known = messages.get(id)
    if (known !== undefined) messages.set(id, { ...known, ...set })
    else if (!messages.has(id)) altered.set(id, { ...altered.get(id), ...set })
  }

  const batch: Batch = {
    changes,
    push: (...more) => more.forEach(note),
    async message(id) {
      if (!messages.has(id)) {
        const stored = await store.message(id)
        if (stored !== undefined) messages.set(id, { ...stored, ...altered.get(id) })
      }
      return messages.get(id)
    },
    seen: async (envelope) => envelopes.get(envelope) ?? (await store.seen(envelope)),
    async record(kind, key) {
      const place = `${kind}/${key}`
      return records.has(place) ? records.get(place) : store.record(kind, key)
    },
    outbox: queued,
    fork: () => createBatch(batch as Pick<Store, 'message' | 'seen' | 'record'>, queued),
    absorb: (part) => part.changes.forEach(note),
  }
  return batch
}
