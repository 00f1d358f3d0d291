/** Every bound of the book, in one place. */
export const limits = {
  /** Characters of a name, after trimming. */
  name: 64,
  nameBytes: 255,
  note: 200,
  openInvites: 100,
  uses: 1_000,
  contacts: 10_000,
  exportBytes: 64 * 1024 * 1024,
} as const
