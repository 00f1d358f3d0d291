/** Every bound of the book, in one place. */
export const limits = {
  /** Characters of a name, after trimming. */
  name: 64,
  nameBytes: 255,
  note: 200,
  /** Bytes of an invite before it is read, and of what it says of roads. */
  invite: 8 * 1024,
  hints: 4 * 1024,
  offers: 4,
  openInvites: 100,
  uses: 1_000,
  contacts: 10_000,
  exportBytes: 64 * 1024 * 1024,
} as const
