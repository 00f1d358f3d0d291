import { frameLimit } from '@palabre/sdk/contract/link'

/** Every bound of the network, in one place. Times in milliseconds, sizes in bytes. */
export const limits = {
  /** What a frame may hold before the other end has said who it is and which link it means, and after. */
  frameBeforeHello: 4 * 1024,
  frame: frameLimit,
  /**
   * What may be on its way in one direction until the other program takes it; each frame counts its bytes and `frameCost`. A sender
   * begins with the least, uses more where half of it is taken in `quick`, and falls back where that takes longer than `slow`.
   */
  window: { least: 256 * 1024, most: 2 * 1024 * 1024, quick: 500, slow: 2_000 },
  frameCost: 64,
  /** Of that, what may wait to be written: more would only grow cold on its way through the processor's caches. */
  unsent: 512 * 1024,
  /** Frames of a kind we do not know are skipped; so many, or so many bytes of them, on one stream and it is nonsense. */
  unknownFrames: 1_000,
  unknownBytes: 1024 * 1024,
  /** From the opening of a stream to its first frame, and for each step of a connection's making. */
  handshake: 10_000,
  dial: 10_000,
  /** How far a DNS record may lead on to others. */
  nameDepth: 3,
  /** Roads to one peer tried one after the other, when it ends each call that it has taken, and the pause before the first again. */
  doors: 4,
  doorsAgain: 500,
  /** Between the starts of two roads in a race, and before the one second try. */
  stagger: 250,
  retryAfter: 100,
  /** Between the news that a connection will be closed and its close. */
  closing: 100,
  /** Who finds the other side busy opening the same link waits this long for it. */
  busy: 500,
  /** When both propose a link at once, on two connections, one stands back for this long for the sake of the other. */
  precedence: 1_000,
  /** The other end has this long to answer a goodbye. */
  goodbye: 1_000,
  /** A link that heard nothing for so long asks, sooner while frames are on their way. */
  quiet: 10_000,
  quietWhileSending: 500,
  /**
   * Without an answer, or two round trips later where they are longer, another road is looked for beside the one of now; after a
   * sleep of the machine or a change of our addresses links are asked at once, and have less time. In the end the road is given up.
   */
  answerSoon: 500,
  answerWhenSuspected: 250,
  answer: 3_000,
  /** Whoever proposes a link while the one we have was silent for so long has forgotten that one. */
  forgotten: 1_000,
  /** How often links, idle connections and our addresses are looked after, and how much later than that is a sleep. */
  mind: 250,
  sleep: 5_000,
  /** The program's taking of frames is told after this, or sooner when they are many. */
  tellTaken: 20,
  /** After a node stopped its queues finish what they began, and say a millisecond later that they are empty. */
  ebb: 25,
  /** A link without a road looks for one this long, with pauses from the first to the last. */
  recovery: 30_000,
  firstPause: 100,
  longestPause: 5_000,
  /** The side that was dialled leaves recovery to the other for this long. */
  headStart: 500,
  /**
   * A relayed link looks for a better road: one try takes this long at most, its ways begin so far apart, and the pauses
   * between tries grow from the first to the last.
   */
  upgrade: 15_000,
  upgradeStagger: 500,
  firstUpgradePause: 1_000,
  longestUpgradePause: 60_000,
  /** A connection that nobody uses is closed after this. */
  idleConnection: 15_000,
  /** What may be on its way on a stream beside the link; it is written in pieces. */
  streamWindow: 256 * 1024,
  streamPiece: 32 * 1024,
  /** Streams for links that one connection may have open towards us: the one, one that takes over, and their refused likes. */
  linkStreams: 4,
  /** Streams of one protocol that one connection may have open towards us. */
  streamsPerProtocol: 24,
  /** Peers and addresses remembered. */
  bookPeers: 1_000,
  addressesPerPeer: 16,
  /** Found peers dialled at once, after gathering for about so long; and how long one that could not be reached is left alone. */
  foundDials: 4,
  foundGather: 100,
  foundPause: 30_000,
  /** How long the discoveries may look for one peer whose addresses nobody told. */
  seek: 8_000,
} as const
