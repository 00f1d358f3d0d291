/** Every bound of the table. Times in milliseconds. */
export const limits = {
  /** Records kept for others, those that nobody renewed first to go. */
  records: 20_000,
  /** The longest record; what providers leave is far shorter. */
  recordBytes: 1_024,
  /** How long a record lives unless it is left again. */
  recordLife: 2 * 60 * 60 * 1000,
  /** Ours are left anew after this, and sooner when our addresses change. */
  renewal: 30 * 60 * 1000,
  /** How often we look whether they must be, the first times sooner, until somebody took them. */
  look: 5_000,
  firstLook: 250,
  /** One walk or search through the table. */
  query: 10_000,
  inboundStreams: 16,
  outboundStreams: 16,
  /** Addresses of one peer that are believed. */
  addressesPerPeer: 16,
} as const
