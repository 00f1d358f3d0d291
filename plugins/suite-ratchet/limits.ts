const day = 24 * 60 * 60 * 1000

/** What a peer can make us do, keep or compute at most. */
export const limits = {
  /** Keys made for messages that did not come, by one message. */
  skippedAtOnce: 1000,
  /** Such keys kept for one ratchet, and for how long. */
  skippedKept: 2000,
  skippedFor: 30 * day,
  /** Chains whose missing messages are waited for; ratchets one session tries. */
  chains: 5,
  ratchets: 5,
  /** How long my signed keys are offered, and how much longer they open. */
  rotation: 7 * day,
  grace: 30 * day,
  generations: 8,
  /** One-time keys in stock, those with a KEM key of their own, and when they are made anew: at a quarter. */
  oneTime: 100,
  oneTimeKem: 20,
  oneTimeLow: 25,
  oneTimeKemLow: 5,
  /** One-time keys that were given away and have not come back. */
  given: 500,
  /** First messages remembered for one generation of keys that opens more than one. */
  answered: 4096,
  /** Tries that count between two who began at once; above, chance decides, so that nobody has to catch up with a hundred. */
  attempts: 4,
  /** Sizes on the wire. */
  smallest: 256,
} as const
