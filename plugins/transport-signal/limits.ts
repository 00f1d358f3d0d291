/** Times in milliseconds. */
export const limits = {
  /** Those who came last are waited for first. */
  contacts: 64,
  invites: 16,
  /** Invites that ended or were revoked are noticed after this. */
  look: 30_000,
  /** The book has an invite so long after somebody was told where it leads, or never. */
  making: 3_000,
  /** From the moment the agreed connection stands to the end of the meeting. */
  farewell: 1_000,
  /** A meeting in which nobody agreed on anything by now is left. */
  meeting: 30_000,
} as const
