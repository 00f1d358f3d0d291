import { sql, type Kysely } from 'kysely'

/** The first one. Released schemas are never changed: the next one changes what this one made. */
export async function schema1(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database)
}

const statements = [
  'CREATE TABLE records (kind TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, UNIQUE (kind, key)) STRICT',
  'CREATE TABLE conversations (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, last_place INTEGER NOT NULL) STRICT',
  `CREATE TABLE messages (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    conversation INTEGER NOT NULL REFERENCES conversations,
    place INTEGER NOT NULL,
    author TEXT NOT NULL,
    mine INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    sent_at REAL NOT NULL,
    received_at REAL NOT NULL,
    state TEXT NOT NULL,
    reply_to TEXT,
    fuse REAL,
    edited_at REAL,
    deleted_at REAL,
    read_at REAL,
    expires_at REAL,
    copies REAL,
    why TEXT,
    reactions TEXT NOT NULL DEFAULT '{}',
    UNIQUE (conversation, place)
  ) STRICT`,
  `CREATE INDEX messages_unread ON messages (conversation) WHERE state = 'received' AND mine = 0 AND kind = 'text'`,
  'CREATE INDEX messages_expiring ON messages (expires_at) WHERE expires_at IS NOT NULL',
  'CREATE TABLE message_words (seq INTEGER PRIMARY KEY, words TEXT NOT NULL, conversation TEXT NOT NULL) STRICT',
  // Words come folded; the tokenizer has only to split them at the spaces.
  `CREATE VIRTUAL TABLE message_search USING fts5 (words, conversation,
    content = 'message_words', content_rowid = 'seq', tokenize = 'ascii', detail = column, columnsize = 0)`,
  `INSERT INTO message_search (message_search, rank) VALUES ('secure-delete', 1)`,
  `CREATE TABLE outbox (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    envelope TEXT NOT NULL UNIQUE,
    conversation TEXT NOT NULL,
    message TEXT,
    sealed BLOB NOT NULL,
    proof BLOB NOT NULL,
    queued_at REAL NOT NULL,
    attempts REAL NOT NULL,
    next_try REAL NOT NULL,
    stored_at TEXT NOT NULL
  ) STRICT`,
  'CREATE INDEX outbox_conversation ON outbox (conversation)',
  'CREATE TABLE seen (envelope TEXT PRIMARY KEY, proof BLOB NOT NULL, at REAL NOT NULL) STRICT, WITHOUT ROWID',
  'CREATE INDEX seen_at ON seen (at)',
]
