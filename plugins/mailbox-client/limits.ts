const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** Every bound of the client, in one place. Times in milliseconds. */
export const limits = {
  /** An answer of a mailbox is waited for so long. */
  answer: 20 * second,
  /** A stream that nobody deposits by is closed after this. */
  idle: 15 * second,
  /** Between two tries to reach a mailbox of ours, from the first to the last. */
  firstPause: second,
  longestPause: 5 * minute,
  /** Mailboxes of one contact that are deposited at. */
  mailboxes: 4,
  /** When one of them keeps it, the others are waited for so long. */
  others: second,
  /** Each contact gets a new queue this often; the old one is collected from for as long as a mailbox keeps a block, and longer. */
  rotation: 7 * day,
  retired: 28 * day,
  /** A queue that a mailbox refuses is asked for again after so long: it may not have heard yet that it keeps for us. */
  refused: { first: 2 * second, longest: 5 * minute },
  /** While somebody waits: a mailbox that does not hear of an invite in this time hears of it later, and one that says nothing is away. */
  moment: 5 * second,
  /** A queue of an invite lives so long after the invite is over. */
  afterInvite: 28 * day,
  /** Relays keep a block for so long, and whoever says nothing else. */
  kept: 21 * day,
  /** Which envelopes were deposited where is remembered for so long. */
  deposited: 22 * day,
  /** Proofs wait for others, and for so long that it does not tell when the message was collected. */
  proofDelay: { least: 2 * second, most: 6 * second },
  /** What found no way is tried again after so long, each time twice as long. */
  proofRetry: { first: 5 * second, longest: 10 * minute },
  /** And are given up when they have found no way for so long: the author asks again by itself. */
  proofs: 22 * day,
  /** What nobody here can open yet is tried again after these pauses, then let go. */
  unopened: [5 * second, minute, 10 * minute],
  /** What is over is looked for this often. */
  tidy: hour,
} as const
