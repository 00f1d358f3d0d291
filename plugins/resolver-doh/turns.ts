/** So many at once; the others wait in the order in which they came, and give up when the signal aborts. */
export function createTurns(most: number) {
  const waiting: (() => void)[] = []
  let running = 0

  return async function turn<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    if (running >= most) {
      await new Promise<void>((resolve, reject) => {
        const go = () => {
          signal.removeEventListener('abort', quit)
          resolve()
        }
        const quit = () => {
          waiting.splice(waiting.indexOf(go), 1)
          reject(signal.reason)
        }
        waiting.push(go)
        signal.addEventListener('abort', quit, { once: true })
      })
    }
    running++
    try {
      return await work()
    } finally {
      running--
      waiting.shift()?.()
    }
  }
}
