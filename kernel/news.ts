/** Tells watchers what changes, in order: what a watcher causes is told to everybody after what it is being told. */
export interface News<Change> {
  tell(change: Change): void
  watch(fn: (change: Change) => void): Disposable
}

/** A watcher that throws is handed to `onError` and does not stop the others. */
export function createNews<Change>(onError: (error: unknown) => void): News<Change> {
  const watchers = new Set<{ readonly fn: (change: Change) => void }>()
  const untold: Change[] = []
  let telling = false

  const tellAll = (change: Change) => {
    for (const watcher of [...watchers]) {
      try {
        if (watchers.has(watcher)) watcher.fn(change)
      } catch (error) {
        onError(error)
      }
    }
  }

  return {
    tell(change) {
      untold.push(change)
      if (telling) return
      telling = true
      for (let next = untold.shift(); next !== undefined; next = untold.shift()) tellAll(next)
      telling = false
    },
    watch(fn) {
      const watcher = { fn }
      watchers.add(watcher)
      return { [Symbol.dispose]: () => void watchers.delete(watcher) }
    },
  }
}
