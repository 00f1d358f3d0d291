const second = 1_000
const hour = 3_600 * second
const day = 24 * hour

/** Every bound of a mailbox, in one place. Times in milliseconds. */
export const limits = {
  /** Blocks of one queue. */
  blocks: 128,
  /** A block is forgotten after this, collected or not. */
  block: 21 * day,
  /** And a queue that nobody has collected from for so long, with all that is in it. */
  queue: 90 * day,
  /** Queues that one node may make or collect from at the same time, over all its streams. */
  queuesOfPeer: 256,
  /** Queues that one stream may deposit in. */
  depositsOfStream: 256,
  /** Streams of one node. */
  streamsOfPeer: 16,
  /** What was asked for is answered within this time when the mailbox is switched off; then streams are cut. */
  drain: 3 * second,
  /** What is over is looked for this often. */
  sweep: hour,
  /** Times are kept no finer than this: they would tell who came when. */
  grain: hour,
  /** Forgotten queues that share one transaction. */
  sweepAtOnce: 1_000,
  /** Writes that share one transaction. */
  group: 256,
  /** How often a transaction that was taken back for another one's sake is tried again. */
  clashes: 5,
  /** Connections of one process to a shared database, beside the one it listens on. */
  connections: 8,
  /** A shared database is asked this often whether it and the other processes are there. */
  tend: 2 * second,
  /** It must take a connection, and answer on the one we listen on, within this time. */
  patience: 5 * second,
} as const
