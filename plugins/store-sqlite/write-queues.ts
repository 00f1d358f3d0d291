import type { OutboxRow, RecordKind } from '@palabre/sdk/contract/store'
import type { OpenDatabase } from './open-database.ts'

/** Records, the outbox, and the envelopes that came. */
export function createQueueWriter(database: OpenDatabase) {
  const put = database.prepare<[string, string, Uint8Array]>(
    'INSERT INTO records (kind, key, value) VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET value = excluded.value',
  )
  const remove = database.prepare<[string, string]>('DELETE FROM records WHERE kind = ? AND key = ?')
  const enqueue = database.prepare(
    `INSERT INTO outbox (envelope, conversation, message, sealed, proof, queued_at, attempts, next_try, stored_at)
      VALUES (@envelope, @conversation, @message, @sealed, @proof, @queuedAt, @attempts, @nextTry, @storedAt)
      ON CONFLICT (envelope) DO NOTHING`,
  )
  const requeue = database.prepare(
    `UPDATE outbox SET attempts = coalesce(@attempts, attempts), next_try = coalesce(@nextTry, next_try),
      stored_at = coalesce(@storedAt, stored_at) WHERE envelope = @envelope`,
  )
  const dequeue = database.prepare<[string]>('DELETE FROM outbox WHERE envelope = ?')
  const dequeueAll = database.prepare<[string]>('DELETE FROM outbox WHERE conversation = ?')
  const see = database.prepare<[string, Uint8Array, number]>(
    'INSERT INTO seen (envelope, proof, at) VALUES (?, ?, ?) ON CONFLICT (envelope) DO UPDATE SET proof = excluded.proof, at = excluded.at',
  )
  const forgetSeen = database.prepare<[number]>('DELETE FROM seen WHERE at < ?')

  return {
    put: (kind: RecordKind, key: string, value: Uint8Array) => put.run(kind, key, value),
    remove: (kind: RecordKind, key: string) => remove.run(kind, key),
    enqueue: ({ message, storedAt, ...row }: OutboxRow) =>
      enqueue.run({ ...row, message: message ?? null, storedAt: JSON.stringify(storedAt) }),
    requeue: (envelope: string, { attempts, nextTry, storedAt }: Partial<OutboxRow>) =>
      requeue.run({
        envelope,
        attempts: attempts ?? null,
        nextTry: nextTry ?? null,
        storedAt: storedAt === undefined ? null : JSON.stringify(storedAt),
      }),
    dequeue: (envelope: string) => dequeue.run(envelope),
    see: (envelope: string, proof: Uint8Array, at: number) => see.run(envelope, proof, at),
    forgetSeen: (before: number) => forgetSeen.run(before),
    clear(conversation: string): void {
      dequeueAll.run(conversation)
      remove.run('draft', conversation)
    },
  }
}
