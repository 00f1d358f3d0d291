/** Runs so many at once; the others wait in the order in which they came, and give up when their signal aborts. */
export type Gate = <T>(work: () => Promise<T>, signal?: AbortSignal) => Promise<T>

export function createGate(places: number): Gate {
  const waiting = new Set<() => void>()
  let free = places

  const enter = async (signal: AbortSignal | undefined) => {
    signal?.throwIfAborted()
    if (free > 0) return void (free -= 1)
    const turn = Promise.withResolvers<void>()
    const quit = () => {
      waiting.delete(turn.resolve)
      turn.reject(signal?.reason)
    }
    waiting.add(turn.resolve)
    signal?.addEventListener('abort', quit, { once: true })
    await turn.promise.finally(() => signal?.removeEventListener('abort', quit))
  }
  /** Whoever waits longest has the place at once: nobody who comes meanwhile can take it. */
  const leave = () => {
    const [next] = waiting
    if (next === undefined) free += 1
    else {
      waiting.delete(next)
      next()
    }
  }

  return async (work, signal) => {
    await enter(signal)
    try {
      return await work()
    } finally {
      leave()
    }
  }
}
