import type { News } from '@palabre/sdk/contract/queue-store'
import { sql } from 'kysely'
import type { Client, Notification } from 'pg'
import type { Neighbours } from './database-kind.ts'
import { faultOf } from './database-faults.ts'

export interface OpenNeighbours extends Neighbours {
  close(): Promise<void>
}

interface Line {
  readonly client: Client
  readonly self: number
}

/**
 * The connection on which a process hears the others. The database itself knows who lives: each process holds an advisory lock of
 * its number on its line, and the lock ends with the connection, however the process ended.
 */
export async function openNeighbours(newClient: () => Client): Promise<OpenNeighbours> {
  const watchers = new Set<(news: News) => void>()
  const told = (news: News) => watchers.forEach((fn) => fn(news))
  let line: Line | undefined
  /** Nobody's, until the database has given us ours. */
  let self = 0

  async function openLine(): Promise<Line> {
    const client = newClient()
    const lost = () => {
      if (line?.client === client) line = undefined
    }
    client.on('error', lost)
    client.on('end', lost)
    client.on('notification', hear)
    try {
      await client.connect()
      await client.query(`LISTEN ${channel}`)
      // In one statement: nobody sees the number before its lock is held.
      const { rows } = await client.query<{ id: number }>(
        `WITH me AS (INSERT INTO process DEFAULT VALUES RETURNING id) SELECT id, pg_advisory_lock(${area}, id) FROM me`,
      )
      return { client, self: rows[0]!.id }
    } catch (error) {
      await end(client)
      throw error
    }
  }

  function hear({ payload = '' }: Notification): void {
    const [from, ...queues] = payload.split(' ').map(Number)
    if (from !== self) queues.forEach(told)
  }

  async function freeTheDead({ client }: Line): Promise<void> {
    const { rows } = await client.query<{ id: string }>(
      `WITH dead AS (DELETE FROM process WHERE id <> $1 AND pg_try_advisory_xact_lock(${area}, id) RETURNING id)
       SELECT queue.id FROM queue JOIN dead ON queue.holder = dead.id`,
      [self],
    )
    for (const payload of payloads(
      0,
      rows.map(({ id }) => Number(id)),
    ))
      await client.query('SELECT pg_notify($1, $2)', [channel, payload])
  }

  line = await openLine()
  self = line.self
  return {
    self: () => self,
    async lock(transaction, queues) {
      // Those who lock in the same order never wait for each other in a circle.
      await transaction.selectFrom('queue').select('id').where('id', 'in', queues).orderBy('id').forUpdate().execute()
    },
    async makeAlone(transaction) {
      await sql`SELECT pg_advisory_xact_lock(${sql.lit(area)}, 0)`.execute(transaction)
    },
    async tell(transaction, queues) {
      for (const payload of payloads(self, queues)) await sql`SELECT pg_notify(${channel}, ${payload})`.execute(transaction)
    },
    watch(fn) {
      watchers.add(fn)
      return { [Symbol.dispose]: () => void watchers.delete(fn) }
    },
    async tend() {
      const isBack = line === undefined
      try {
        line ??= await openLine()
        self = line.self
        await freeTheDead(line)
      } catch (error) {
        // One that does not answer is as good as lost.
        if (line !== undefined) void end(line.client)
        line = undefined
        throw faultOf(error)
      }
      if (isBack) told('any')
    },
    isClash: (error) => clashes.includes(String((error as { code?: unknown }).code)),
    async close() {
      if (line === undefined) return
      const { client } = line
      await client.query('DELETE FROM process WHERE id = $1', [self]).catch(() => undefined)
      await end(client)
    },
  }
}

const channel = 'palabre_mailbox'
/** Of the advisory locks of this database, ours: zero for making queues, others each for a process. */
const area = 0x70_61_6c_61

/** Serialization failure and deadlock. */
const clashes = ['40001', '40P01']

/** A notification carries less than 8,000 bytes. */
function payloads(from: number, queues: readonly number[]): string[] {
  const some = 300
  return Array.from({ length: Math.ceil(queues.length / some) }, (_, index) =>
    [from, ...queues.slice(index * some, (index + 1) * some)].join(' '),
  )
}

const end = (client: Client) => client.end().catch(() => undefined)
