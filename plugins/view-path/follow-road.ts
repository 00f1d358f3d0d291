import type { Reachability } from '@palabre/sdk/contract/messenger'
import type { Port } from '@palabre/sdk/contract/port'
import { followPort } from '@palabre/sdk/contract/port-follow'
import type { Road } from '@palabre/sdk/contract/route'

/** The road to one person, looked at closely for as long as the card is open: one command that streams, and nobody asks again. */
export interface WatchedRoad extends Disposable {
  /** Undefined until the kernel has said it. */
  readonly now: RoadNow | undefined
}

interface RoadNow {
  readonly reachability: Reachability
  readonly road: Road | null
}

interface Sources {
  readonly port: Port
  readonly peer: string
  /** Aborted when the plugin stops. */
  readonly signal: AbortSignal
  after(ms: number, fn: () => void): Disposable
  changed(): void
}

export function watchRoad({ port, peer, signal: stopped, after, changed }: Sources): WatchedRoad {
  const ending = new AbortController()
  const signal = AbortSignal.any([stopped, ending.signal])
  let now: RoadNow | undefined
  const set = (found: RoadNow | undefined) => {
    now = found
    if (!signal.aborted) changed()
  }
  void followPort({
    port,
    command: 'road',
    args: { peer, count: 0 },
    signal,
    after,
    fresh: () => undefined,
    heard: (data) => set(data as RoadNow),
    // What is not known is not claimed.
    lost: () => set(undefined),
  })
  return {
    get now() {
      return now
    },
    [Symbol.dispose]: () => ending.abort(),
  }
}
