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
  /** What is over is looked for this often. */
  sweep: hour,
  /** Times are kept no finer than this: they would tell who came when. */
  grain: hour,
  /** Writes that share one transaction. */
  group: 256,
} as const
