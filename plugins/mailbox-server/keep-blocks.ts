import type { NamedBlock } from '@palabre/sdk/contract/queue-store'
import { sql, type RawBuilder, type Transaction } from 'kysely'
import { limits } from './limits.ts'
import type { Tables } from './tables.ts'

export interface AskedBlock {
  readonly queue: number
  readonly block: NamedBlock
  /** The hour in which it is forgotten. */
  readonly over: number
}

export type Kept = 'kept' | 'full' | 'unknown'

type Writing = Transaction<Tables>

/** All in one statement, as far as they have room; what it leaves out is looked at one by one. `bytes` is their type in this database. */
export async function keepBlocks(writing: Writing, asked: readonly AskedBlock[], bytes: RawBuilder<unknown>): Promise<Kept[]> {
  const kept = await insert(writing, asked, bytes)
  const states: Kept[] = []
  for (const one of asked) states.push(kept.has(keyOf(one.queue, one.block.name)) ? 'kept' : await keepLeftOut(writing, one, bytes))
  return states
}

/** Room is counted for all that is asked: for one that was there before, another one may have been left out. */
async function keepLeftOut(writing: Writing, one: AskedBlock, bytes: RawBuilder<unknown>): Promise<Kept> {
  const { queue, block } = one
  const there = writing.selectFrom('block').select('id').where('queue', '=', queue).where('name', '=', block.name)
  if ((await there.executeTakeFirst()) !== undefined) return 'kept'
  if ((await insert(writing, [one], bytes)).size > 0) return 'kept'
  const its = writing.selectFrom('queue').select('id').where('id', '=', queue)
  return (await its.executeTakeFirst()) === undefined ? 'unknown' : 'full'
}

/** Which were written; of each queue, the first that were asked first. */
async function insert(writing: Writing, asked: readonly AskedBlock[], bytes: RawBuilder<unknown>): Promise<ReadonlySet<string>> {
  const asInteger = (value: number) => sql`CAST(${value} AS INTEGER)`
  const turns = new Map<number, number>()
  const rows = asked.map(({ queue, block: { name, body }, over }) => {
    const turn = (turns.get(queue) ?? 0) + 1
    turns.set(queue, turn)
    return sql`(${asInteger(turn)}, CAST(${queue} AS BIGINT), CAST(${name} AS ${bytes}), CAST(${body} AS ${bytes}), ${asInteger(over)})`
  })
  const { rows: written } = await sql<{ queue: number; name: Uint8Array }>`
    WITH asked (turn, queue, name, body, over_hour) AS (VALUES ${sql.join(rows)}),
      its AS MATERIALIZED (
        SELECT id, (SELECT count(*) FROM block WHERE block.queue = queue.id) AS there
        FROM queue WHERE id IN (${sql.join([...turns.keys()])})
      )
    INSERT INTO block (queue, name, body, over_hour)
    SELECT queue, name, body, over_hour FROM asked JOIN its ON its.id = asked.queue
    WHERE there + turn <= ${asInteger(limits.blocks)}
    ORDER BY turn
    ON CONFLICT DO NOTHING
    RETURNING queue, name`.execute(writing)
  return new Set(written.map(({ queue, name }) => keyOf(queue, name)))
}

const keyOf = (queue: number, name: Uint8Array) => `${queue} ${Buffer.from(name).toString('hex')}`
