/** Those who wait for something to come about. */
export interface Waiters<T> {
  tell(one: T): void
  /** The next one that is so. Rejects with the signal's reason. */
  next(isIt: (one: T) => boolean, signal: AbortSignal): Promise<T>
}

export function createWaiters<T>(): Waiters<T> {
  const waiting = new Set<(one: T) => void>()
  return {
    tell(one) {
      for (const look of waiting) look(one)
    },
    next: (isIt, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted()
        const leave = () => {
          waiting.delete(look)
          signal.removeEventListener('abort', quit)
        }
        const look = (one: T) => {
          if (!isIt(one)) return
          leave()
          resolve(one)
        }
        const quit = () => {
          leave()
          reject(signal.reason)
        }
        waiting.add(look)
        signal.addEventListener('abort', quit, { once: true })
      }),
  }
}
