import type { Clock } from '@palabre/sdk/contract/clock'

export interface Trial<Road> {
  readonly roads: readonly Road[]
  readonly clock: Pick<Clock, 'sleep'>
  /** The next road begins when the one before has failed, or has not come through in this time. */
  readonly stagger: number
  readonly signal: AbortSignal
  carry(road: Road): Promise<void>
}

/**
 * Tries roads, the best first. Resolves with nothing once one has come through, or with why each of them failed, in their order. A road
 * that is still being tried when another has come through goes on: the other side knows what comes to it twice.
 */
export async function firstThrough<Road>(trial: Trial<Road>): Promise<readonly unknown[] | undefined> {
  const attempts: Promise<void>[] = []
  for (const [at, road] of trial.roads.entries()) {
    attempts.push(trial.carry(road))
    const isLast = at === trial.roads.length - 1
    if (!isLast && (await isThroughSoon(attempts, trial))) return undefined
    if (trial.signal.aborted) break
  }
  const failure = await Promise.any(attempts).catch((all: AggregateError) => all)
  return failure instanceof AggregateError ? failure.errors : undefined
}

/** Whether one of them came through before the one that began last failed, or the stagger was over. */
async function isThroughSoon<Road>(attempts: readonly Promise<void>[], { clock, stagger, signal }: Trial<Road>): Promise<boolean> {
  const enough = new AbortController()
  const through = Promise.any(attempts).then(() => true)
  const late = clock.sleep(stagger, AbortSignal.any([enough.signal, signal])).then(() => false)
  const failed = attempts.at(-1)!.then(() => through)
  const isThrough = await Promise.race([through, failed, late]).catch(() => false)
  enough.abort()
  late.catch(() => undefined)
  return isThrough
}
