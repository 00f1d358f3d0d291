/** A number that goes up. */
export interface Tally {
  readonly now: number
  count(): void
  watch(fn: () => void): Disposable
}

export function createTally(): Tally {
  let now = 0
  const watchers = new Set<() => void>()
  return {
    get now() {
      return now
    },
    count() {
      now += 1
      for (const fn of watchers) fn()
    },
    watch(fn) {
      watchers.add(fn)
      return { [Symbol.dispose]: () => void watchers.delete(fn) }
    },
  }
}
