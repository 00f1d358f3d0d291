import { equalBytes } from '@palabre/sdk'
import type { News, QueueStore, Role } from '@palabre/sdk/contract/queue-store'
import type { Transaction } from 'kysely'
import type { DatabaseKind } from './database-kind.ts'
import { createGroupWriter } from './group-writer.ts'
import { keepBlocks, type AskedBlock } from './keep-blocks.ts'
import { limits } from './limits.ts'
import { createQueueHolds, type QueueHolds } from './queue-holds.ts'
import type { Tables } from './tables.ts'

export interface StoreSettings {
  readonly maxQueues: number
}

export interface DatabaseStore extends QueueStore {
  /** Takes over what processes held that died, and finds back to a database that was lost; to be called every few seconds. */
  tend(): Promise<void>
  /** What keeps it from keeping anything, in words for a person; undefined when the last write was done. */
  trouble(): unknown
}

export function createQueueStore(kind: DatabaseKind, { maxQueues }: StoreSettings): DatabaseStore {
  const { database, bytes, neighbours } = kind
  const writer = createGroupWriter(database, neighbours)
  const holds = neighbours === undefined ? alone : createQueueHolds(database, writer, neighbours)
  const watchers = new Set<(news: News) => void>()
  const told = (news: News) => watchers.forEach((fn) => fn(news))
  const hearing = neighbours?.watch(told)

  const keep = writer.together((transaction, asked: readonly AskedBlock[]) => keepBlocks(transaction, asked, bytes))

  const sameAs = async (transaction: Transaction<Tables>, queue: Parameters<QueueStore['create']>[0]) => {
    const same = await transaction
      .selectFrom('queue')
      .selectAll()
      .where((or) => or('recipient', '=', queue.recipient).or('sender', '=', queue.sender))
      .executeTakeFirst()
    if (same === undefined) return undefined
    const isSame =
      equalBytes(same.recipient, queue.recipient) &&
      equalBytes(same.sender, queue.sender) &&
      equalBytes(same.recipient_key, queue.recipientKey) &&
      equalBytes(same.sender_key, queue.senderKey)
    return isSame ? ({ state: 'known', queue: same.id } as const) : 'taken'
  }

  return {
    create: (queue, now) =>
      writer.write(async (transaction) => {
        await neighbours?.makeAlone(transaction)
        const same = await sameAs(transaction, queue)
        if (same !== undefined) return same
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
        await writer.write(
          (transaction) =>
            transaction
              .updateTable('queue')
              .set({ used_hour: hourOf(now) })
              .where('id', '=', queue)
              .execute(),
          { queue },
        )
      return { queue, key: role === 'recipient' ? found.recipient_key : found.sender_key }
    },
    async deposit(queue, block, now) {
      const state = await keep({ queue, block, over: hourOf(now + limits.block) }, { queue, isNews: true })
      if (state === 'kept') told(queue)
      return state
    },
    hold: (queue) => holds.hold(queue),
    async names(queue, now) {
      if (!(await holds.isHeld(queue))) return []
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
      writer.write(
        async (transaction) => {
          await transaction.deleteFrom('block').where('queue', '=', queue).where('name', 'in', names).execute()
        },
        { queue },
      ),
    remove: (queue) =>
      writer.write(
        async (transaction) => {
          await transaction.deleteFrom('block').where('queue', '=', queue).execute()
          await transaction.deleteFrom('queue').where('id', '=', queue).execute()
        },
        { queue },
      ),
    async sweep(now) {
      // Several processes sweep the same database: what one has in hand the others leave to it.
      const isShared = neighbours !== undefined
      await writer.write(async (transaction) => {
        const over = transaction.selectFrom('block').select('id').where('over_hour', '<=', hourOf(now))
        const free = isShared ? over.forUpdate().skipLocked() : over
        await transaction.deleteFrom('block').where('id', 'in', free).execute()
      })
      const sweepQueues = async (transaction: Transaction<Tables>) => {
        const unused = transaction
          .selectFrom('queue')
          .select('id')
          .where('used_hour', '<', hourOf(now - limits.queue))
          .limit(limits.sweepAtOnce)
        const queues = (await (isShared ? unused.forUpdate().skipLocked() : unused).execute()).map(({ id }) => id)
        if (queues.length === 0) return false
        await transaction.deleteFrom('block').where('queue', 'in', queues).execute()
        await transaction.deleteFrom('queue').where('id', 'in', queues).execute()
        return true
      }
      while (await writer.write(sweepQueues));
    },
    tend: async () => neighbours?.tend(),
    trouble: () => writer.trouble,
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
      hearing?.[Symbol.dispose]()
      await kind.close()
    },
  }
}

/** A process that shares its database with none. */
const alone: QueueHolds = {
  hold: async () => ({ [Symbol.asyncDispose]: async () => undefined }),
  isHeld: async () => true,
}

const hourOf = (time: number) => Math.floor(time / limits.grain)
