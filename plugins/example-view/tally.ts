import { createWatched, type Watched } from '@palabre/sdk'

/** A number that goes up. */
export interface Tally extends Watched<number> {
  count(): void
}

export function createTally(): Tally {
  const tally = createWatched(0)
  return {
    get now() {
      return tally.now
    },
    watch: tally.watch,
    count: () => tally.set(tally.now + 1),
  }
}
