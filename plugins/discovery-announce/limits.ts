/** Every bound of the gossip. Times in milliseconds, sizes in bytes. */
export const limits = {
  /** A whole event on the wire: who, when, where, and the signature. */
  event: 256,
  /** What of it is not ours to fill: the peer, the sequence number, the signature and their frames; the topic's name comes on top. */
  envelope: 122,
  eventsPerSecond: 10,
  /** What a neighbour may save up: everybody who was there answers a newcomer. */
  burst: 100,
  /** An event is believed this long after it was signed, and this long before, since clocks differ. */
  expiry: 10 * 60 * 1000,
  /** Peers of whom we remember when they spoke last, and neighbours whose rate we know. */
  speakers: 10_000,
  neighbours: 1_000,
  /** New neighbours within this time are told together. */
  gather: 250,
  /**
   * A newcomer is answered by everybody, so that it learns who is there; each waits so long since it spoke last, and longer the more
   * peers there are, so that all together say two events in a second at most.
   */
  answer: 1_000,
  answerPerPeer: 500,
  /** How often we look whether our addresses have changed. */
  look: 5_000,
  /** Neighbours hear after a second that we have gone. Who comes back before that is taken for one who never left, and told nothing. */
  rest: 2_000,
  /** One message of the gossip, with everything it carries. */
  message: 16 * 1024,
} as const
