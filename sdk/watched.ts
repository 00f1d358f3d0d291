/** A value that changes, and a way to hear of it. */
export interface Watched<Value> {
  readonly now: Value
  /** Runs after each change. */
  watch(fn: () => void): Disposable
}

export function createWatched<Value>(first: Value): Watched<Value> & { set(now: Value): void } {
  const watchers = new Set<() => void>()
  let now = first
  return {
    get now() {
      return now
    },
    set(next) {
      now = next
      for (const fn of watchers) fn()
    },
    watch(fn) {
      watchers.add(fn)
      return { [Symbol.dispose]: () => void watchers.delete(fn) }
    },
  }
}
