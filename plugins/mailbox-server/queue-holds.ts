import type { Kysely } from 'kysely'
import type { Neighbours } from './database-kind.ts'
import type { GroupWriter } from './group-writer.ts'
import type { Tables } from './tables.ts'

/** Of the processes at one database, the one that was asked last serves a queue, until it lets go of it or ends. */
export interface QueueHolds {
  /** Takes it over, whoever has it. */
  hold(queue: number): Promise<AsyncDisposable>
  /** Whether it is served here; one that nobody serves any more is from now on. */
  isHeld(queue: number): Promise<boolean>
}

export function createQueueHolds(database: Kysely<Tables>, writer: GroupWriter, { self }: Neighbours): QueueHolds {
  /** How many here collect from each. */
  const readers = new Map<number, number>()
  /** Nobody, while the database has not heard of this process. */
  const me = () => database.selectFrom('process').select('id').where('id', '=', self())
  const queueOf = (queue: number) => database.selectFrom('queue').where('id', '=', queue)

  return {
    async hold(queue) {
      await writer.write(
        (transaction) => transaction.updateTable('queue').set({ holder: me() }).where('id', '=', queue).execute(),
        { queue },
      )
      readers.set(queue, (readers.get(queue) ?? 0) + 1)
      return { [Symbol.asyncDispose]: () => letGo(queue) }
    },
    async isHeld(queue) {
      const found = await queueOf(queue).select('holder').executeTakeFirst()
      if (found === undefined || found.holder !== null) return found?.holder === self()
      // Of all who come for it at once one gets it, and the others do not wait.
      const free = queueOf(queue).select('id').where('holder', 'is', null).forUpdate().skipLocked()
      const { numUpdatedRows } = await database
        .updateTable('queue')
        .set({ holder: me() })
        .where('id', 'in', free)
        .executeTakeFirstOrThrow()
      return numUpdatedRows > 0n
    },
  }

  async function letGo(queue: number): Promise<void> {
    const left = (readers.get(queue) ?? 1) - 1
    if (left > 0) return void readers.set(queue, left)
    readers.delete(queue)
    await writer.write(
      (transaction) =>
        transaction.updateTable('queue').set({ holder: null }).where('id', '=', queue).where('holder', '=', self()).execute(),
      { queue, isNews: true },
    )
  }
}
