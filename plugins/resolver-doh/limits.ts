/** Every bound of a look-up. */
export const limits = {
  /** The longest answer that DNS allows over a stream; nothing longer is read. */
  answerBytes: 65_535,
  records: 256,
  /** Names whose answers are remembered, and for how many seconds at most and at least, whatever the answer says. */
  cached: 500,
  longestLife: 24 * 60 * 60,
  shortestLife: 5,
  /** That a name does not exist is remembered so many seconds. */
  missingLife: 30,
  /** Questions under way at once; the others wait their turn. */
  atOnce: 16,
} as const
