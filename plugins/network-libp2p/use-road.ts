import { isPalabreError } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import { openDeadline } from './deadline.ts'
import { limits } from './limits.ts'
import type { Road } from './road.ts'

export interface RoadUse<T> {
  readonly clock: Clock
  readonly signal: AbortSignal
  /** One that seems to stand. */
  readonly standing: Road | undefined
  connect(signal: AbortSignal): Promise<Road>
  use(road: Road, signal: AbortSignal): Promise<T>
  /** Nobody should take this one any more. */
  letGo(connection: Road['connection']): Promise<void>
}

/**
 * Uses the road that stands. It may be dead without a word: when it does not answer soon another one is made beside it, and taken if
 * it comes about first. What is refused on a road that goes on standing is refused; one that ends in the middle of it, as when the
 * other end is about to close it, is as good as gone.
 */
export async function useRoad<T>({ clock, signal, standing, connect, use, letGo }: RoadUse<T>): Promise<T> {
  if (standing === undefined) return use(await connect(signal), signal)
  const left = new AbortController()
  const enough = new AbortController()
  using late = openDeadline(clock, limits.answer, signal)
  const patience = AbortSignal.any([signal, left.signal, late.signal])
  const making = AbortSignal.any([signal, enough.signal])

  const known = use(standing, patience).then(
    (value) => ({ value }),
    (error: unknown) => {
      const isGone = standing.connection.status !== 'open' || (isPalabreError(error) && error.code === 'unreachable')
      if (!isGone && !patience.aborted) throw error
      return undefined
    },
  )
  const another = async () => {
    if ((await Promise.race([known, clock.sleep(limits.answerSoon, making)])) !== undefined) return undefined
    return { road: await connect(making) }
  }

  try {
    const made = another()
    made.catch(() => undefined)
    const first = await Promise.race([known, made.catch(() => known)])
    if (first !== undefined && 'value' in first) return first.value
    const { road } = (await made)!
    left.abort(new Error('another road stands'))
    const after = await known.catch(() => undefined)
    if (after !== undefined) return after.value
    void letGo(standing.connection)
    return await use(road, signal)
  } finally {
    enough.abort(new Error('the road is not needed'))
  }
}
