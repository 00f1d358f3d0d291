/** What leads to the settings of a plugin, while something does. */
export interface WayToSettings {
  readonly now: ((plugin: string) => void) | undefined
  /** Returns what closes it again. */
  open(leads: (plugin: string) => void): () => void
  watch(fn: () => void): Disposable
}

export function createWayToSettings(): WayToSettings {
  const watchers = new Set<() => void>()
  let now: WayToSettings['now']
  const set = (way: WayToSettings['now']) => {
    now = way
    for (const fn of watchers) fn()
  }
  return {
    get now() {
      return now
    },
    open(leads) {
      set(leads)
      return () => set(undefined)
    },
    watch(fn) {
      watchers.add(fn)
      return { [Symbol.dispose]: () => void watchers.delete(fn) }
    },
  }
}
