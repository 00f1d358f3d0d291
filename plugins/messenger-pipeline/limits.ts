import { bodyLimit } from '@palabre/sdk/contract/suite'

const second = 1000
const minute = 60 * second
const day = 24 * 60 * minute

/** Every bound of the messenger, in one place. Times in milliseconds, sizes in bytes. */
export const limits = {
  /** Of one message's text, in UTF-8. */
  text: 64 * 1024,
  reaction: 32,
  draft: 64 * 1024,
  /** What one envelope carries of a content, and in how many envelopes it comes at most: JSON makes six bytes of some signs. */
  part: bodyLimit - 64,
  parts: 32,
  /** What waits to be sent is given up after this. */
  outbox: 7 * day,
  /** And this, when a mailbox has it: as long as mailboxes keep. */
  stored: 21 * day,
  outboxRows: 10_000,
  /** Envelopes that came are remembered this long: longer than anybody brings them again. */
  seen: 30 * day,
  /** What came before its turn: how many for one contact, and how long the missing one is waited for. */
  held: 2_000,
  gapPatience: 10 * minute,
  /** Numberings of one contact that are still understood. */
  epochs: 4,
  /** One session is begun anew at most this often. */
  repairPause: 5 * second,
  /** Between two tries to reach somebody, from the first to the last. */
  firstPause: second,
  longestPause: 5 * minute,
  /** Who is not reached by the best road in this time is tried by the next one beside it: a mailbox keeps what waits. */
  roadStagger: 2 * second,
  /** What was brought and not acknowledged in this time is brought again. */
  ackPatience: 15 * second,
  /** What is acknowledged in this time was never shown as sent. */
  ackAtOnce: 100,
  /** People whom we try to reach at once. */
  knocks: 4,
  /** Envelopes handed to a road at once. */
  batch: 256,
  fuse: { least: 5 * second, most: 365 * day },
  /** Authors' clocks may be ahead by this; more is taken as now. */
  clockSkew: 10 * minute,
  /** Contacts are told our offer of last resort this often, though nothing else has changed. */
  cardAge: 7 * day,
  /** Those who are away hear of a change of our roads once nothing has changed for so long: at start everything does. */
  settle: 2 * second,
  typingPause: 3 * second,
} as const
