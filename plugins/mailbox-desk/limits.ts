/** Every bound of a mailbox's streams, in one place. */
export const limits = {
  /** Queues that one node may make or collect from at the same time, over all its streams. */
  queuesOfPeer: 256,
  /** Queues that one stream may deposit in. */
  depositsOfStream: 256,
  /** Streams of one node. */
  streamsOfPeer: 16,
  /** What was asked for is answered within this time when the mailbox is switched off; then streams are cut. */
  drain: 3_000,
} as const
