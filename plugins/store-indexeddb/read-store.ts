import type { ConversationSummary, Store, StoredMessage } from '@palabre/sdk/contract/store'
import { wordsOf } from '@palabre/sdk/contract/words'
import type { Sealer } from './sealer.ts'
import { messageOf, outboxRowOf } from './sealed-rows.ts'
import { hourOf, type Database } from './tables.ts'

const longestPage = 500
/** So many messages are unsealed between two looks at the database. */
const searchedAtOnce = 500

export function createReads(database: Database, sealer: Sealer): Omit<Store, 'commit' | 'size'> {
  const conversationCode = (conversation: string) => sealer.code('conversation', conversation)
  const unsealed = messageOf.bind(undefined, sealer)

  return {
    async record(kind, key) {
      const code = sealer.code('record', kind, key)
      const row = await database.get('records', code)
      return row && sealer.open(`value ${code}`, row.sealedValue)
    },
    async records(kind) {
      const index = database.transaction('records').store.index('kind')
      const found = []
      for await (const { primaryKey, value } of index.iterate(sealer.code('kind', kind)))
        found.push({
          key: sealer.openJson(`key ${primaryKey}`, value.sealedKey) as string,
          value: sealer.open(`value ${primaryKey}`, value.sealedValue),
        })
      return found.toSorted((a, b) => (a.key < b.key ? -1 : 1))
    },
    async message(id) {
      const row = await database.getFromIndex('messages', 'id', sealer.code('message', id))
      return row && unsealed(row)
    },
    async messages(conversation, { limit, before = Infinity, after }) {
      const code = conversationCode(conversation)
      const range = rangeOf(code, after ?? 0, before)
      const count = atMost(limit)
      if (range === undefined || count === 0) return []
      if (after !== undefined) return (await database.getAllFromIndex('messages', 'place', range, count)).map(unsealed)
      const found: StoredMessage[] = []
      let cursor = await database.transaction('messages').store.index('place').openCursor(range, 'prev')
      while (cursor && found.length < count) {
        found.push(unsealed(cursor.value))
        cursor = await cursor.continue()
      }
      return found.toReversed()
    },
    async conversations() {
      const { store, done } = database.transaction('messages')
      const found: (ConversationSummary & { readonly seq: number })[] = []
      let cursor = await store.index('place').openCursor(undefined, 'prev')
      while (cursor) {
        const [code] = cursor.key
        const last = unsealed(cursor.value)
        found.push({
          seq: cursor.primaryKey,
          conversation: last.conversation,
          last,
          unread: await store.index('unread').count(code),
        })
        cursor = await cursor.continue([code, 0])
      }
      await done
      return found.toSorted((a, b) => b.seq - a.seq).map(({ seq: _seq, ...summary }) => summary)
    },
    async search(wanted, { conversation, limit }) {
      const count = atMost(limit)
      const holds = matcherOf(wanted)
      if (holds === undefined || count === 0) return []
      const found: StoredMessage[] = []
      const code = conversation === undefined ? undefined : conversationCode(conversation)
      for await (const page of newestFirst(database, code)) {
        found.push(...page.map(unsealed).filter((message) => message.kind === 'text' && holds(message.text)))
        if (found.length >= count) break
      }
      return found.slice(0, count)
    },
    async expired(now, limit) {
      const rows = await database.getAllFromIndex('messages', 'expires', IDBKeyRange.upperBound(hourOf(now)))
      const over = rows.map(unsealed).filter(({ expiresAt }) => expiresAt! <= now)
      return over.toSorted((a, b) => a.expiresAt! - b.expiresAt!).slice(0, atMost(limit))
    },
    async outbox({ conversation } = {}) {
      const rows =
        conversation === undefined
          ? await database.getAll('outbox')
          : await database.getAllFromIndex('outbox', 'conversation', conversationCode(conversation))
      return rows.map((row) => outboxRowOf(sealer, row))
    },
    async seen(envelope) {
      const code = sealer.code('envelope', envelope)
      const row = await database.get('seen', code)
      return row && sealer.open(`seen ${code}`, row.sealedProof)
    },
  }
}

/** All rows, or those of a conversation, in pages; each in a transaction of its own, since unsealing takes its time. */
async function* newestFirst(database: Database, conversation: string | undefined) {
  let below = Infinity
  for (;;) {
    const { store } = database.transaction('messages')
    const page = []
    let cursor =
      conversation === undefined
        ? await store.openCursor(below === Infinity ? undefined : IDBKeyRange.upperBound(below, true), 'prev')
        : await store.index('place').openCursor(rangeOf(conversation, 0, below), 'prev')
    while (cursor && page.length < searchedAtOnce) {
      page.push(cursor.value)
      below = conversation === undefined ? (cursor.primaryKey as number) : cursor.value.place
      cursor = await cursor.continue()
    }
    yield page
    if (page.length < searchedAtOnce) return
  }
}

/** Places above `after` and below `before`. Undefined when there can be none. */
function rangeOf(conversation: string, after: number, before: number): IDBKeyRange | undefined {
  return after < before ? IDBKeyRange.bound([conversation, after], [conversation, before], true, true) : undefined
}

function matcherOf(wanted: string): ((text: string) => boolean) | undefined {
  const whole = wordsOf(wanted)
  const beginning = whole.pop()
  if (beginning === undefined) return undefined
  return (searched) => {
    const held = wordsOf(searched)
    return whole.every((one) => held.includes(one)) && held.some((one) => one.startsWith(beginning))
  }
}

function atMost(limit: number): number {
  return Math.max(0, Math.min(Math.floor(limit), longestPage))
}
