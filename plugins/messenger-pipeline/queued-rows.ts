import type { Change, OutboxRow } from '@palabre/sdk/contract/store'
import type { Outbox } from './outbox.ts'

/** What waits, to look at. */
export type QueuedRows = Pick<Outbox, 'rows' | 'row' | 'ofMessage'>

/** The outbox as it will look once changes are committed that have not been yet. */
export interface ChangedRows extends QueuedRows {
  note(change: Change): void
}

export function changedRows(before: QueuedRows): ChangedRows {
  /** Those that change and those that come, the latter in their order. */
  const fresh = new Map<string, OutboxRow>()
  const gone = new Set<string>()

  const row = (envelope: string) => (gone.has(envelope) ? undefined : (fresh.get(envelope) ?? before.row(envelope)))
  const isNew = ({ envelope }: OutboxRow) => before.row(envelope) === undefined
  const added = () => [...fresh.values()].filter(isNew)

  return {
    row,
    rows: (contact) => [
      ...before.rows(contact).flatMap(({ envelope }) => row(envelope) ?? []),
      ...added().filter(({ conversation }) => conversation === contact),
    ],
    ofMessage: (message) => [
      ...before.ofMessage(message).filter((envelope) => !gone.has(envelope)),
      ...added().flatMap((one) => (one.message === message ? [one.envelope] : [])),
    ],
    note(change) {
      if (change.do === 'enqueue') fresh.set(change.row.envelope, change.row)
      if (change.do === 'dequeue') {
        fresh.delete(change.envelope)
        gone.add(change.envelope)
      }
      const there = change.do === 'requeue' ? row(change.envelope) : undefined
      if (change.do === 'requeue' && there !== undefined) fresh.set(change.envelope, { ...there, ...change.set })
    },
  }
}
