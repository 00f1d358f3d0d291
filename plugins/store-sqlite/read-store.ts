import type { Store } from '@palabre/sdk/contract/store'
import { wordsOf } from '@palabre/sdk/contract/words'
import { sql, type Kysely } from 'kysely'
import type { OpenDatabase } from './open-database.ts'
import type { Tables } from './schema/tables.ts'
import { bytesOf, messageOf, outboxRowOf, type MessageRow } from './stored-message.ts'

const longestPage = 500

/** Single rows by prepared statements, since they are asked for with every message; the rest in the words of the query builder. */
export function createReads(database: OpenDatabase, queries: Kysely<Tables>): Omit<Store, 'commit' | 'size'> {
  const record = database.prepare<[string, string], Uint8Array>('SELECT value FROM records WHERE kind = ? AND key = ?').pluck()
  const seen = database.prepare<[string], Uint8Array>('SELECT proof FROM seen WHERE envelope = ?').pluck()
  const message = database.prepare<[string], MessageRow>(
    `SELECT messages.*, conversations.id AS conversation FROM messages
      JOIN conversations ON number = conversation WHERE messages.id = ?`,
  )
  const messages = () =>
    queries
      .selectFrom('messages')
      .innerJoin('conversations', 'conversations.number', 'messages.conversation')
      .selectAll('messages')
      .select('conversations.id as conversation')

  return {
    record: async (kind, key) => whole(record.get(kind, key)),
    seen: async (envelope) => whole(seen.get(envelope)),
    async message(id) {
      const row = message.get(id)
      return row && messageOf(row)
    },
    async records(kind) {
      const rows = await queries.selectFrom('records').select(['key', 'value']).where('kind', '=', kind).execute()
      // As the language orders strings, which is not how the file does.
      return rows.map(({ key, value }) => ({ key, value: bytesOf(value) })).toSorted((a, b) => (a.key < b.key ? -1 : 1))
    },
    async messages(conversation, { limit, before, after }) {
      let page = messages().where('conversations.id', '=', conversation).limit(atMost(limit))
      if (before !== undefined) page = page.where('place', '<', before)
      if (after !== undefined) page = page.where('place', '>', after)
      const rows = await page.orderBy('place', after === undefined ? 'desc' : 'asc').execute()
      const found = rows.map(messageOf)
      return after === undefined ? found.toReversed() : found
    },
    async conversations() {
      // A cross join, so that the planner goes from conversations to their last messages and not through all messages.
      const rows = await queries
        .selectFrom('conversations')
        .crossJoin('messages')
        .selectAll('messages')
        .select('conversations.id as conversation')
        .where('messages.seq', '=', ({ selectFrom }) =>
          selectFrom('messages as last')
            .select('last.seq')
            .whereRef('last.conversation', '=', 'conversations.number')
            .orderBy('last.place', 'desc')
            .limit(1),
        )
        .select(({ selectFrom, fn }) =>
          selectFrom('messages as one')
            .select(fn.countAll<number>().as('count'))
            .whereRef('one.conversation', '=', 'conversations.number')
            // Written out, so that the index over the unread is seen to fit.
            .where(sql<boolean>`one.state = 'received' AND one.mine = 0 AND one.kind = 'text'`)
            .as('unread'),
        )
        .orderBy('messages.seq', 'desc')
        .execute()
      return rows.map((row) => ({ conversation: row.conversation, last: messageOf(row), unread: Number(row.unread) }))
    },
    async search(wanted, { conversation, limit }) {
      const match = await matchOf(queries, wanted, conversation)
      if (match === undefined) return []
      const rows = await messages()
        .innerJoin('message_search', 'message_search.rowid', 'messages.seq')
        .where(sql<boolean>`message_search MATCH ${match}`)
        .orderBy('message_search.rowid', 'desc')
        .limit(atMost(limit))
        .execute()
      return rows.map(messageOf)
    },
    async expired(now, limit) {
      const rows = await messages().where('expires_at', '<=', now).orderBy('expires_at').limit(atMost(limit)).execute()
      return rows.map(messageOf)
    },
    async outbox({ conversation } = {}) {
      const all = queries.selectFrom('outbox').selectAll().orderBy('number')
      const rows = await (conversation === undefined ? all : all.where('conversation', '=', conversation)).execute()
      return rows.map(outboxRowOf)
    },
  }
}

/** Words hold nothing but letters and digits, so between quotes they mean nothing to the search engine. */
async function matchOf(queries: Kysely<Tables>, wanted: string, conversation: string | undefined): Promise<string | undefined> {
  const words = wordsOf(wanted)
  if (words.length === 0) return undefined
  const held = `words : (${words.map((word) => `"${word}"`).join(' AND ')} *)`
  if (conversation === undefined) return held
  const row = await queries.selectFrom('conversations').select('number').where('id', '=', conversation).executeTakeFirst()
  return row && `${held} AND conversation : "${row.number}"`
}

function whole(value: Uint8Array | undefined): Uint8Array | undefined {
  return value && bytesOf(value)
}

function atMost(limit: number): number {
  return Math.max(0, Math.min(Math.floor(limit), longestPage))
}
