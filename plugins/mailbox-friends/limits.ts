const hour = 3_600_000
const day = 24 * hour
const mebibyte = 1_048_576

/** Every bound of what we keep for contacts, in one place. Times in milliseconds. */
export const limits = {
  /** A block is forgotten after this, collected or not. */
  block: day,
  /** Blocks of one queue. */
  blocksOfQueue: 128,
  /** Queues of one friend: one for each person who may write to them, and those of the weeks before. */
  queuesOfFriend: 256,
  queues: 2_048,
  /** A queue that nobody has collected from for so long is forgotten. */
  queue: 30 * day,
  /** Times are kept no finer than this: they would tell who came when. */
  grain: hour,
  /** What is over is looked for this often. */
  sweep: hour,
  mebibyte,
  /** Of what we say to friends, where we are. */
  addresses: 8,
} as const
