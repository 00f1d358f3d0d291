import type { Clock } from '@palabre/sdk/contract/clock'
import { foundAt, type Discovery } from '@palabre/sdk/contract/discovery'

/** Names the peers of a list again and again, in its order, since one that is away today may be there later. */
export function namedPeers(peers: readonly string[], every: number, clock: Clock) {
  let list = peers
  let pause = every
  let changed = new AbortController()

  const discovery: Discovery = {
    name: 'manual',
    async *find({ signal }) {
      while (!signal.aborted) {
        for (const address of list) {
          const found = foundAt(address)
          if (found !== undefined) yield found
        }
        await clock.sleep(pause, AbortSignal.any([signal, changed.signal])).catch(() => undefined)
      }
    },
  }

  return {
    discovery,
    /** The new list is told at once. */
    change(peers: readonly string[], every: number) {
      list = peers
      pause = every
      changed.abort()
      changed = new AbortController()
    },
  }
}
