import type { Clock } from '@palabre/sdk/contract/clock'

export interface Trial<Road> {
  readonly roads: readonly Road[]
  readonly clock: Pick<Clock, 'sleep'>
  /** The next road begins when the one before has failed, or has not come through in this time. */
  stagger(road: Road): number
  readonly signal: AbortSignal
  carry(road: Road): Promise<void>
}

/**
 * Tries roads, the best first. Resolves with nothing once one has come through, or with why each of them failed, in their order. A road
 * that is still being tried when another has come through goes on: the other side knows what comes to it twice. When the signal aborts,
 * nothing more is waited for.
 */
export async function firstThrough<Road>(trial: Trial<Road>): Promise<readonly unknown[] | undefined> {
  const attempts: Promise<void>[] = []
  for (const [at, road] of trial.roads.entries()) {
    const patience = at === trial.roads.length - 1 ? 0 : trial.stagger(road)
    attempts.push(trial.carry(road))
    if (patience > 0 && (await isThroughSoon(attempts, patience, trial))) return undefined
    if (trial.signal.aborted) break
  }
  const failure = await Promise.race([Promise.any(attempts), aborted(trial.signal)]).catch((all: AggregateError) => all)
  return failure instanceof AggregateError ? failure.errors : undefined
}

/** Whether one of them came through before the one that began last failed, or patience was over. */
async function isThroughSoon(
  attempts: readonly Promise<void>[],
  patience: number,
  { clock, signal }: Pick<Trial<unknown>, 'clock' | 'signal'>,
): Promise<boolean> {
  const enough = new AbortController()
  const through = Promise.any(attempts).then(() => true)
  const late = clock.sleep(patience, AbortSignal.any([enough.signal, signal])).then(() => false)
  const failed = attempts.at(-1)!.then(() => through)
  const isThrough = await Promise.race([through, failed, late]).catch(() => false)
  enough.abort()
  late.catch(() => undefined)
  return isThrough
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
