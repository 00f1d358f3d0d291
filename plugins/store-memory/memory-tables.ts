import type { Change, OutboxRow, StoredMessage } from '@palabre/sdk/contract/store'

/** Everything that is kept, each map in the order in which it was filled. */
export interface MemoryTables {
  /** By kind, then by key. */
  readonly records: Map<string, Map<string, Uint8Array>>
  readonly messages: Map<string, StoredMessage>
  /** The last place that was given, by conversation. */
  readonly places: Map<string, number>
  readonly outbox: Map<string, OutboxRow>
  readonly seen: Map<string, { readonly proof: Uint8Array; readonly at: number }>
}

export function createTables(): MemoryTables {
  return { records: new Map(), messages: new Map(), places: new Map(), outbox: new Map(), seen: new Map() }
}

/** Nothing can fail here: what is applied has been taken over before. Returns the ids of messages that were there already. */
export function applyAll(tables: MemoryTables, changes: readonly Change[]): string[] {
  return changes.flatMap((change) => apply(tables, change) ?? [])
}

function apply({ records, messages, places, outbox, seen }: MemoryTables, change: Change): string | undefined {
  switch (change.do) {
    case 'put':
      records.set(change.kind, (records.get(change.kind) ?? new Map<string, Uint8Array>()).set(change.key, change.value))
      return undefined
    case 'remove':
      records.get(change.kind)?.delete(change.key)
      return undefined
    case 'add': {
      const { id, conversation } = change.message
      if (messages.has(id)) return id
      const place = (places.get(conversation) ?? 0) + 1
      places.set(conversation, place)
      messages.set(id, { ...change.message, place, reactions: {} })
      return undefined
    }
    case 'alter': {
      const altered = messages.get(change.id)
      if (altered) messages.set(change.id, withoutUndefined({ ...altered, ...change.set }))
      return undefined
    }
    case 'erase':
      messages.delete(change.id)
      return undefined
    case 'enqueue':
      if (!outbox.has(change.row.envelope)) outbox.set(change.row.envelope, change.row)
      return undefined
    case 'requeue': {
      const row = outbox.get(change.envelope)
      if (row) outbox.set(change.envelope, { ...row, ...change.set })
      return undefined
    }
    case 'dequeue':
      outbox.delete(change.envelope)
      return undefined
    case 'see':
      seen.set(change.envelope, { proof: change.proof, at: change.at })
      return undefined
    case 'forget-seen':
      for (const [envelope, { at }] of seen) if (at < change.before) seen.delete(envelope)
      return undefined
    case 'clear':
      for (const [id, { conversation }] of messages) if (conversation === change.conversation) messages.delete(id)
      for (const [envelope, { conversation }] of outbox) if (conversation === change.conversation) outbox.delete(envelope)
      records.get('draft')?.delete(change.conversation)
      places.delete(change.conversation)
      return undefined
  }
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T
}
