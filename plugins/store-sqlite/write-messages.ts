import type { MessageChange, NewMessage } from '@palabre/sdk/contract/store'
import { wordsOf } from '@palabre/sdk/contract/words'
import type { OpenDatabase } from './open-database.ts'
import { createWordWriter } from './write-words.ts'

/** Messages, one at a time, by prepared statements: this is the hot path. */
export function createMessageWriter(database: OpenDatabase) {
  const words = createWordWriter(database)
  const isKnown = database.prepare<[string], 1>('SELECT 1 FROM messages WHERE id = ?').pluck()
  const nextPlace = database.prepare<[string], { number: number; last_place: number }>(
    `INSERT INTO conversations (id, last_place) VALUES (?, 1)
      ON CONFLICT (id) DO UPDATE SET last_place = last_place + 1 RETURNING number, last_place`,
  )
  const insert = database.prepare(
    `INSERT INTO messages (id, conversation, place, author, mine, kind, text, sent_at, received_at, state, reply_to, fuse)
      VALUES (@id, @number, @place, @author, @mine, @kind, @text, @sentAt, @receivedAt, @state, @replyTo, @fuse)`,
  )
  const find = database.prepare<[string], { seq: number; conversation: number; kind: string }>(
    'SELECT seq, conversation, kind FROM messages WHERE id = ?',
  )
  const remove = database.prepare<[number]>('DELETE FROM messages WHERE seq = ?')
  const numberOf = database.prepare<[string], number>('SELECT number FROM conversations WHERE id = ?').pluck()
  const allOf = database.prepare<[number], number>('SELECT seq FROM messages WHERE conversation = ?').pluck()
  const removeConversation = database.prepare<[number]>('DELETE FROM conversations WHERE number = ?')
  const updates = new Map<string, ReturnType<typeof database.prepare>>()

  /** One statement for each set of columns that is ever altered together. */
  const updateOf = (names: readonly (keyof typeof columns)[]) => {
    const key = names.join()
    const known = updates.get(key)
    if (known) return known
    const made = database.prepare(`UPDATE messages SET ${names.map((name) => `${columns[name]} = ?`).join(', ')} WHERE seq = ?`)
    updates.set(key, made)
    return made
  }
  const erase = (seq: number) => {
    words.remove(seq)
    remove.run(seq)
  }

  return {
    /** False when it was there already. */
    add(message: NewMessage): boolean {
      if (isKnown.get(message.id) !== undefined) return false
      const { number, last_place: place } = nextPlace.get(message.conversation)!
      const { replyTo = null, fuse = null, mine, ...rest } = message
      const { lastInsertRowid } = insert.run({ ...rest, number, place, replyTo, fuse, mine: mine ? 1 : 0 })
      if (message.kind === 'text') words.add(Number(lastInsertRowid), number, wordsOf(message.text))
      return true
    },
    alter(id: string, set: MessageChange): void {
      const names = (Object.keys(columns) as (keyof typeof columns)[]).filter((name) => Object.hasOwn(set, name))
      const found = names.length === 0 ? undefined : find.get(id)
      if (found === undefined) return
      updateOf(names).run(
        ...names.map((name) => (name === 'reactions' ? JSON.stringify(set.reactions) : (set[name] ?? null))),
        found.seq,
      )
      if (set.text === undefined || found.kind !== 'text') return
      words.remove(found.seq)
      words.add(found.seq, found.conversation, wordsOf(set.text))
    },
    erase(id: string): void {
      const found = find.get(id)
      if (found) erase(found.seq)
    },
    clear(conversation: string): void {
      const number = numberOf.get(conversation)
      if (number === undefined) return
      for (const seq of allOf.all(number)) erase(seq)
      removeConversation.run(number)
    },
  }
}

const columns = {
  text: 'text',
  state: 'state',
  editedAt: 'edited_at',
  deletedAt: 'deleted_at',
  readAt: 'read_at',
  expiresAt: 'expires_at',
  copies: 'copies',
  why: 'why',
  reactions: 'reactions',
} as const satisfies Record<keyof MessageChange, string>
