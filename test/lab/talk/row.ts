/** What is pushed, in order, until the signal aborts. */
export interface Row<T> extends AsyncIterable<T> {
  push(item: T): void
}

export function createRow<T>(signal: AbortSignal): Row<T> {
  const waiting: T[] = []
  let wake: (() => void) | undefined
  signal.addEventListener('abort', () => wake?.(), { once: true })
  return {
    push(item) {
      waiting.push(item)
      wake?.()
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        yield* waiting.splice(0)
        if (waiting.length > 0) continue
        if (signal.aborted) return
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
}
