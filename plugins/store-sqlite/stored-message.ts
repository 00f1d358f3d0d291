import type { OutboxRow, StoredMessage } from '@palabre/sdk/contract/store'
import type { Selectable } from 'kysely'
import type { MessageTable, OutboxTable } from './schema/tables.ts'

/** A row of `messages` with the name of its conversation. */
export type MessageRow = Omit<Selectable<MessageTable>, 'conversation' | 'seq'> & { readonly conversation: string }

export function messageOf(row: MessageRow): StoredMessage {
  return {
    id: row.id,
    conversation: row.conversation,
    author: row.author,
    mine: row.mine === 1,
    kind: row.kind,
    text: row.text,
    sentAt: row.sent_at,
    receivedAt: row.received_at,
    state: row.state,
    place: row.place,
    reactions: JSON.parse(row.reactions) as Record<string, string>,
    ...present({
      replyTo: row.reply_to,
      fuse: row.fuse,
      editedAt: row.edited_at,
      deletedAt: row.deleted_at,
      readAt: row.read_at,
      expiresAt: row.expires_at,
      copies: row.copies,
      why: row.why,
    }),
  }
}

export function outboxRowOf(row: Selectable<OutboxTable>): OutboxRow {
  return {
    envelope: row.envelope,
    conversation: row.conversation,
    sealed: bytesOf(row.sealed),
    proof: bytesOf(row.proof),
    queuedAt: row.queued_at,
    attempts: row.attempts,
    nextTry: row.next_try,
    storedAt: JSON.parse(row.stored_at) as string[],
    ...present({ message: row.message }),
  }
}

/** The driver lends Node's own kind of bytes. */
export function bytesOf(value: Uint8Array): Uint8Array {
  return new Uint8Array(value)
}

function present<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as never
}
