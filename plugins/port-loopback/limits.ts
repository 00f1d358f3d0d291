/** What one kernel bears, however many pages knock and whatever they send. */
export const limits = {
  /** Attached at once. */
  faces: 16,
  /** Connected and not yet known, and how long they may stay so. */
  strangers: 8,
  helloMs: 5000,
  /** One-time addresses given out and not used; the oldest goes first. */
  tokens: 8,
  /** Pages that may come back; of those that are not attached, the oldest goes first. */
  sessions: 32,
  /** Requests of one face under way. */
  requests: 64,
  /** Bytes a face has not taken yet before its streams pause and nothing more is read from it. */
  unread: 256 * 1024,
  /** TCP connections, files included. */
  connections: 64,
  /** For the other side to say goodbye when we leave. */
  farewellMs: 500,
} as const
