import type { Clock } from '@palabre/sdk/contract/clock'

export interface RaceOptions {
  readonly clock: Clock
  readonly stagger: number
  readonly signal: AbortSignal
}

/**
 * Tries one road after the other, the next when the one before failed or has not come through within the stagger; the first that
 * comes through wins and the others are told to stop. One that comes through late all the same is handed to `drop`.
 * When all failed, throws an AggregateError of why, in the order of the roads.
 */
export async function race<Road, Won>(
  roads: readonly Road[],
  run: (road: Road, signal: AbortSignal) => Promise<Won>,
  drop: (won: Won) => void,
  { clock, stagger, signal }: RaceOptions,
): Promise<Won> {
  const running = new Set<AbortController>()
  const over = new AbortController()
  const errors: unknown[] = []
  const first = Promise.withResolvers<Won>()
  first.promise.catch(() => undefined)
  let left = roads.length

  const attempt = async (road: Road, index: number) => {
    const own = new AbortController()
    running.add(own)
    try {
      const won = await run(road, own.signal)
      // The winner's signal stays quiet for ever: what it opened may still listen to it.
      running.delete(own)
      if (over.signal.aborted) return drop(won)
      over.abort()
      first.resolve(won)
    } catch (error) {
      running.delete(own)
      errors[index] = error
      if (--left === 0) first.reject(new AggregateError(errors, 'no road came through'))
    }
  }

  const quit = () => first.reject(signal.reason)
  signal.addEventListener('abort', quit, { once: true })
  try {
    signal.throwIfAborted()
    for (const [index, road] of roads.entries()) {
      if (over.signal.aborted || signal.aborted) break
      const ended = attempt(road, index)
      if (index < roads.length - 1) await pause(Promise.race([ended, first.promise]))
    }
    return await first.promise
  } finally {
    signal.removeEventListener('abort', quit)
    over.abort()
    for (const own of running) own.abort(signal.reason)
  }

  /** Until the stagger is over, or sooner. */
  async function pause(sooner: Promise<unknown>): Promise<void> {
    const awake = new AbortController()
    const until = clock.sleep(stagger, awake.signal).catch(() => undefined)
    await Promise.race([until, sooner]).catch(() => undefined)
    awake.abort()
    await until
  }
}
