export interface RelaySettings {
  /** Multiaddrs of relays that end in their peer ids, tried in this order. */
  readonly relays: readonly string[]
  /** Whether any linked peer that offers to relay may be asked too. */
  readonly discover: boolean
  /** At how many relays we can be reached at once. */
  readonly seats: number
}
