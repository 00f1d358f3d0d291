const first = 250
const longest = 10_000

/** How long to wait before the next try: doubling, and spread so that many pages do not knock at once. */
export function backoff(failures: number, random: number): number {
  const whole = Math.min(longest, first * 2 ** (failures - 1))
  return Math.round(whole / 2 + (whole / 2) * random)
}
