/** How often answers are given within one second, so that nobody can use us against others or wear us out. */
export interface RateBound {
  allows(address: string): boolean
  /** The next second begins. */
  reset(): void
}

export function createRateBound(perSecond: number, perAddress: number): RateBound {
  // No longer than `perSecond`, because only those who were answered are counted.
  const answered = new Map<string, number>()
  let all = 0
  return {
    allows(address) {
      const mine = answered.get(address) ?? 0
      if (all >= perSecond || mine >= perAddress) return false
      all++
      answered.set(address, mine + 1)
      return true
    },
    reset() {
      all = 0
      answered.clear()
    },
  }
}
