import { equalBytes } from '@palabre/sdk'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import { createGroupWriter } from './group-writer.ts'
import { limits } from './limits.ts'
import type { NamedBlock, QueueStore, Role } from '@palabre/sdk/contract/queue-store'
import type { Tables } from './tables.ts'

/** What one kind of database does in its own way. */
export interface DatabaseKind {
  readonly database: Kysely<Tables>
  /** The type of bytes. */
  readonly bytes: RawBuilder<unknown>
  close(): Promise<void>
}

export interface StoreSettings {
  readonly maxQueues: number
}

export function createQueueStore(kind: DatabaseKind, { maxQueues }: StoreSettings): QueueStore {
  const { database, bytes } = kind
  const writer = createGroupWriter(database)
  const watchers = new Set<(queue: number) => void>()
  const told = (queue: number) => watchers.forEach((fn) => fn(queue))

  const insert = ({ name, body }: NamedBlock, queue: number, now: number) => sql`
    INSERT INTO block (queue, name, body, over_hour)
    SELECT id, CAST(${name} AS ${bytes}), CAST(${body} AS ${bytes}), CAST(${hourOf(now + limits.block)} AS INTEGER)
    FROM queue WHERE id = ${queue} AND (SELECT count(*) FROM block WHERE queue = ${queue}) < CAST(${limits.blocks} AS INTEGER)
    ON CONFLICT DO NOTHING`

  return {
    create: (queue, now) =>
      writer.write(async (transaction) => {
        const others = await transaction
          .selectFrom('queue')
          .selectAll()
          .where((or) => or('recipient', '=', queue.recipient).or('sender', '=', queue.sender))
          .execute()
        const [same] = others
        if (same !== undefined) {
          const isSame =
            equalBytes(same.recipient, queue.recipient) &&
            equalBytes(same.sender, queue.sender) &&
            equalBytes(same.recipient_key, queue.recipientKey) &&
            equalBytes(same.sender_key, queue.senderKey)
          return isSame ? { state: 'known', queue: same.id } : 'taken'
        }
        const { count } = await transaction
          .selectFrom('queue')
          .select(({ fn }) => fn.countAll().as('count'))
          .executeTakeFirstOrThrow()
        if (Number(count) >= maxQueues) return 'full'
        const { id } = await transaction
          .insertInto('queue')
          .values({
            recipient: queue.recipient,
            sender: queue.sender,
            recipient_key: queue.recipientKey,
            sender_key: queue.senderKey,
            used_hour: hourOf(now),
          })
          .returning('id')
          .executeTakeFirstOrThrow()
        return { state: 'made', queue: id }
      }),
    async find(role: Role, id, now) {
      const found = await database.selectFrom('queue').selectAll().where(role, '=', id).executeTakeFirst()
      if (found === undefined) return undefined
      const queue = found.id
      if (role === 'recipient' && found.used_hour !== hourOf(now))
        await writer.write((transaction) =>
          transaction
            .updateTable('queue')
            .set({ used_hour: hourOf(now) })
            .where('id', '=', queue)
            .execute(),
        )
      return { queue, key: role === 'recipient' ? found.recipient_key : found.sender_key }
    },
    async deposit(queue, block, now) {
      const state = await writer.write(async (transaction) => {
        const { numAffectedRows } = await insert(block, queue, now).execute(transaction)
        if (numAffectedRows !== undefined && numAffectedRows > 0n) return 'kept'
        const there = await transaction
          .selectFrom('block')
          .select('id')
          .where('queue', '=', queue)
          .where('name', '=', block.name)
          .executeTakeFirst()
        if (there !== undefined) return 'kept'
        return (await transaction.selectFrom('queue').select('id').where('id', '=', queue).executeTakeFirst()) === undefined
          ? 'unknown'
          : 'full'
      })
      if (state === 'kept') told(queue)
      return state
    },
    async names(queue, now) {
      const rows = await database
        .selectFrom('block')
        .select('name')
        .where('queue', '=', queue)
        .where('over_hour', '>', hourOf(now))
        .orderBy('id')
        .execute()
      return rows.map(({ name }) => name)
    },
    async block(queue, name) {
      const row = await database
        .selectFrom('block')
        .select('body')
        .where('queue', '=', queue)
        .where('name', '=', name)
        .executeTakeFirst()
      return row?.body
    },
    acknowledge: (queue, names) =>
      writer.write(async (transaction) => {
        await transaction.deleteFrom('block').where('queue', '=', queue).where('name', 'in', names).execute()
      }),
    remove: (queue) =>
      writer.write(async (transaction) => {
        await transaction.deleteFrom('block').where('queue', '=', queue).execute()
        await transaction.deleteFrom('queue').where('id', '=', queue).execute()
      }),
    sweep: (now) =>
      writer.write(async (transaction) => {
        const unused = transaction
          .selectFrom('queue')
          .select('id')
          .where('used_hour', '<', hourOf(now - limits.queue))
        await transaction
          .deleteFrom('block')
          .where((or) => or('over_hour', '<=', hourOf(now)).or('queue', 'in', unused))
          .execute()
        await transaction
          .deleteFrom('queue')
          .where('used_hour', '<', hourOf(now - limits.queue))
          .execute()
      }),
    async counts() {
      const count = async (table: 'queue' | 'block') => {
        const row = await database
          .selectFrom(table)
          .select(({ fn }) => fn.countAll().as('count'))
          .executeTakeFirstOrThrow()
        return Number(row.count)
      }
      return { queues: await count('queue'), blocks: await count('block') }
    },
    watch(fn) {
      watchers.add(fn)
      return { [Symbol.dispose]: () => void watchers.delete(fn) }
    },
    async close() {
      await writer.close()
      await kind.close()
    },
  }
}

const hourOf = (time: number) => Math.floor(time / limits.grain)
