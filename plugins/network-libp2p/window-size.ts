import type { Clock } from '@palabre/sdk/contract/clock'
import { limits } from './limits.ts'

/** How many bytes may be on their way until the other program takes them. */
export interface WindowSize {
  readonly now: number
  /** The frame of this number is written; with it so much is on its way or waits. */
  wrote(count: number, used: number): void
  /** The other program has taken so many frames in all. */
  taken(count: number): void
  /** Another road: what is known of the old one counts no more. */
  restart(): void
}

export const fixedWindow = (size: number): WindowSize => ({
  now: size,
  wrote: () => undefined,
  taken: () => undefined,
  restart: () => undefined,
})

/**
 * Grows while half of it is taken in no time, so that a fast road is never idle while either program is held up; and falls back on a
 * slow road, where whatever is sent waits until all before it has gone through.
 */
export function createGrowingWindow(clock: Pick<Clock, 'monotonic'>): WindowSize {
  const { least, most, quick, slow } = limits.window
  let size: number = least
  let round: { readonly until: number; readonly since: number } | undefined
  return {
    get now() {
      return size
    },
    wrote(count, used) {
      if (round === undefined && 2 * used >= size) round = { until: count, since: clock.monotonic() }
    },
    taken(count) {
      if (round === undefined || count < round.until) return
      const took = clock.monotonic() - round.since
      round = undefined
      if (took <= quick) size = Math.min(2 * size, most)
      else if (took > slow) size = least
    },
    restart() {
      size = least
      round = undefined
    },
  }
}
