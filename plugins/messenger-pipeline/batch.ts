import type { Change, MessageChange, NewMessage, Store, StoredMessage } from '@palabre/sdk/contract/store'

type Known = NewMessage & Partial<StoredMessage>

/** Changes that will be committed together, and the store as it will look then. */
export interface Batch {
  readonly changes: readonly Change[]
  push(...changes: readonly Change[]): void
  message(id: string): Promise<Known | undefined>
  seen(envelope: string): Promise<Uint8Array | undefined>
  /** A part of it that may yet be dropped. */
  fork(): Batch
  absorb(part: Batch): void
}

export function createBatch(store: Pick<Store, 'message' | 'seen'>): Batch {
  const changes: Change[] = []
  const messages = new Map<string, Known | undefined>()
  const envelopes = new Map<string, Uint8Array>()

  const note = (change: Change) => {
    changes.push(change)
    if (change.do === 'see') envelopes.set(change.envelope, change.proof)
    if (change.do === 'erase') messages.set(change.id, undefined)
    if (change.do === 'add' && !messages.has(change.message.id)) messages.set(change.message.id, change.message)
    if (change.do === 'alter') {
      const known = messages.get(change.id)
      if (known !== undefined) messages.set(change.id, { ...known, ...(change.set as MessageChange) })
    }
  }

  const batch: Batch = {
    changes,
    push: (...more) => more.forEach(note),
    async message(id) {
      if (!messages.has(id)) {
        const stored = await store.message(id)
        if (stored !== undefined) messages.set(id, stored)
      }
      return messages.get(id)
    },
    seen: async (envelope) => envelopes.get(envelope) ?? (await store.seen(envelope)),
    fork: () => createBatch(batch as Pick<Store, 'message' | 'seen'>),
    absorb: (part) => part.changes.forEach(note),
  }
  return batch
}
