import type { OutboxRow, Store } from '@palabre/sdk/contract/store'

/** What waits, at hand: a mirror of the store's outbox, changed after each commit. */
export interface Outbox {
  rows(contact: string): readonly OutboxRow[]
  row(envelope: string): OutboxRow | undefined
  /** The envelopes that carry one message. */
  ofMessage(message: string): readonly string[]
  contacts(): readonly string[]
  readonly size: number
  add(rows: readonly OutboxRow[]): void
  remove(envelope: string): void
  replace(row: OutboxRow): void
}

export async function loadOutbox(store: Store): Promise<Outbox> {
  const byEnvelope = new Map<string, OutboxRow>()
  const byMessage = new Map<string, Set<string>>()
  const byContact = new Map<string, Map<string, OutboxRow>>()

  const outbox: Outbox = {
    rows: (contact) => [...(byContact.get(contact)?.values() ?? [])],
    row: (envelope) => byEnvelope.get(envelope),
    ofMessage: (message) => [...(byMessage.get(message) ?? [])],
    contacts: () => [...byContact.keys()],
    get size() {
      return byEnvelope.size
    },
    add(rows) {
      for (const row of rows) {
        byEnvelope.set(row.envelope, row)
        const theirs = byContact.get(row.conversation) ?? new Map<string, OutboxRow>()
        byContact.set(row.conversation, theirs.set(row.envelope, row))
        if (row.message === undefined) continue
        byMessage.set(row.message, (byMessage.get(row.message) ?? new Set()).add(row.envelope))
      }
    },
    remove(envelope) {
      const row = byEnvelope.get(envelope)
      if (row === undefined) return
      byEnvelope.delete(envelope)
      const theirs = byContact.get(row.conversation)
      theirs?.delete(envelope)
      if (theirs?.size === 0) byContact.delete(row.conversation)
      if (row.message === undefined) return
      const parts = byMessage.get(row.message)
      parts?.delete(envelope)
      if (parts?.size === 0) byMessage.delete(row.message)
    },
    replace(row) {
      byEnvelope.set(row.envelope, row)
      byContact.get(row.conversation)?.set(row.envelope, row)
    },
  }
  outbox.add(await store.outbox())
  return outbox
}
