import type { MessageState, RecordKind } from '@palabre/sdk/contract/store'
import type { Generated } from 'kysely'

/** The newest schema, as queries see it. How it came about: the migrations beside. */
export interface Tables {
  records: { kind: RecordKind; key: string; value: Uint8Array }
  conversations: { number: Generated<number>; id: string; last_place: number }
  messages: MessageTable
  /** What `message_search` indexes, kept so that it can be taken out of the index exactly as it went in. */
  message_words: { seq: number; words: string; conversation: string }
  message_search: { rowid: number; message_search: string }
  outbox: OutboxTable
  seen: { envelope: string; proof: Uint8Array; at: number }
}

export interface MessageTable {
  /** In the order of adding, over all conversations. */
  seq: Generated<number>
  id: string
  conversation: number
  place: number
  author: string
  mine: number
  kind: 'text' | 'notice'
  text: string
  sent_at: number
  received_at: number
  state: MessageState
  reply_to: string | null
  fuse: number | null
  edited_at: number | null
  deleted_at: number | null
  read_at: number | null
  expires_at: number | null
  copies: number | null
  why: string | null
  /** A JSON object. */
  reactions: string
}

export interface OutboxTable {
  number: Generated<number>
  envelope: string
  conversation: string
  message: string | null
  sealed: Uint8Array
  proof: Uint8Array
  queued_at: number
  attempts: number
  next_try: number
  /** A JSON array. */
  stored_at: string
}
