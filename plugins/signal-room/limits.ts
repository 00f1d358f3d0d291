const second = 1_000
const minute = 60 * second

/** Every bound of the rooms as their guests use them. Times in milliseconds. */
export const limits = {
  servers: 3,
  /** A room is waited in from `lead` before its turn; until it is over, the next one has begun. */
  turn: 45 * second,
  lead: 5 * second,
  /** Rooms of one turn: each is used once, and somebody may have to come again at once. */
  attempts: 12,
  /** To open a socket and hear the server's first word; to be let in. */
  opening: 10 * second,
  entering: 5 * second,
  /** How wrong a server may be about the time before it is not believed. */
  skew: 10 * minute,
  /** A server that is out of reach is tried again after these pauses. */
  firstRest: second,
  longestRest: 2 * minute,
} as const
