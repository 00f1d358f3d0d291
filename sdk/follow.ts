/**
 * What happens from this call on, one after the other, until the signal aborts. Whoever reads too slowly loses the oldest, not our
 * memory.
 */
export function follow<Event>(
  watch: (tell: (event: Event) => void) => Disposable,
  signal: AbortSignal,
  most = 10_000,
): AsyncIterable<Event> {
  const queue: Event[] = []
  let wake: (() => void) | undefined
  const awake = () => wake?.()
  const watching = watch((event) => {
    queue.push(event)
    if (queue.length > most) queue.shift()
    awake()
  })
  signal.addEventListener('abort', awake, { once: true })

  return {
    async *[Symbol.asyncIterator]() {
      try {
        while (!signal.aborted) {
          yield* queue.splice(0)
          if (queue.length > 0 || signal.aborted) continue
          await new Promise<void>((resolve) => {
            wake = resolve
          })
        }
      } finally {
        watching[Symbol.dispose]()
        signal.removeEventListener('abort', awake)
      }
    },
  }
}
