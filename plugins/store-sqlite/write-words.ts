import type { OpenDatabase } from './open-database.ts'

/**
 * The search index. What went in is kept beside it, word for word: taking it out asks for exactly that, and another version of
 * Unicode may fold a text in another way.
 */
export function createWordWriter(database: OpenDatabase) {
  const keep = database.prepare<[number, string, string]>('INSERT INTO message_words (seq, words, conversation) VALUES (?, ?, ?)')
  const index = database.prepare<[number, string, string]>(
    'INSERT INTO message_search (rowid, words, conversation) VALUES (?, ?, ?)',
  )
  const find = database.prepare<[number], { words: string; conversation: string }>(
    'SELECT words, conversation FROM message_words WHERE seq = ?',
  )
  const drop = database.prepare<[number, string, string]>(
    `INSERT INTO message_search (message_search, rowid, words, conversation) VALUES ('delete', ?, ?, ?)`,
  )
  const forget = database.prepare<[number]>('DELETE FROM message_words WHERE seq = ?')

  return {
    add(seq: number, conversation: number, words: readonly string[]): void {
      if (words.length === 0) return
      const row = [seq, words.join(' '), String(conversation)] as const
      keep.run(...row)
      index.run(...row)
    },
    remove(seq: number): void {
      const found = find.get(seq)
      if (found === undefined) return
      drop.run(seq, found.words, found.conversation)
      forget.run(seq)
    },
  }
}
