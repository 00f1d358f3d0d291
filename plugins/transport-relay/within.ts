import type { Clock } from '@palabre/sdk/contract/clock'

export interface Limit {
  readonly clock: Clock
  readonly ms: number
  readonly signal: AbortSignal
}

/** Runs with a signal that aborts when the time is over, and never once it came through: what was opened may listen to it for ever. */
export async function within<T>({ clock, ms, signal }: Limit, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController()
  const over = new AbortController()
  const quit = () => stop.abort(signal.reason)
  signal.throwIfAborted()
  signal.addEventListener('abort', quit, { once: true })
  clock.sleep(ms, over.signal).then(
    () => stop.abort(new Error(`no answer in ${ms} ms`)),
    () => undefined,
  )
  try {
    return await run(stop.signal)
  } finally {
    over.abort()
    signal.removeEventListener('abort', quit)
  }
}
