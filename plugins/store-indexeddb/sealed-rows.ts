import type { OutboxRow, StoredMessage } from '@palabre/sdk/contract/store'
import type { Sealer } from './sealer.ts'
import { hourOf, type MessageRow, type OutboxEntry } from './tables.ts'

/** Rows as they stand in the database, and what they say. Each part opens in its own place only. */
export function messageRow(sealer: Sealer, message: StoredMessage): MessageRow {
  const conversation = sealer.code('conversation', message.conversation)
  const id = sealer.code('message', message.id)
  const { kind, mine, state, expiresAt } = message
  return {
    id,
    conversation,
    place: message.place,
    ...(kind === 'text' && !mine && state === 'received' ? { unread: conversation } : {}),
    ...(expiresAt === undefined ? {} : { expires: hourOf(expiresAt) }),
    sealed: sealer.sealJson(`message ${id}`, message),
  }
}

export function messageOf(sealer: Sealer, row: MessageRow): StoredMessage {
  return sealer.openJson(`message ${row.id}`, row.sealed) as StoredMessage
}

export function outboxEntry(sealer: Sealer, { sealed, proof, ...rest }: OutboxRow): OutboxEntry {
  const envelope = sealer.code('envelope', rest.envelope)
  return {
    envelope,
    conversation: sealer.code('conversation', rest.conversation),
    sealedRow: sealer.sealJson(`outbox ${envelope}`, rest),
    sealedEnvelope: sealer.seal(`outbox envelope ${envelope}`, sealed),
    sealedProof: sealer.seal(`outbox proof ${envelope}`, proof),
  }
}

export function outboxRowOf(sealer: Sealer, { envelope, sealedRow, sealedEnvelope, sealedProof }: OutboxEntry): OutboxRow {
  return {
    ...(sealer.openJson(`outbox ${envelope}`, sealedRow) as Omit<OutboxRow, 'sealed' | 'proof'>),
    sealed: sealer.open(`outbox envelope ${envelope}`, sealedEnvelope),
    proof: sealer.open(`outbox proof ${envelope}`, sealedProof),
  }
}
