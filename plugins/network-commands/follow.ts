import type { Network, NetworkEvent } from '@palabre/sdk/contract/network'

/** Whoever reads too slowly loses the oldest events, not our memory. */
const most = 1_000

/** What happens on the network from this call on, until the signal aborts. */
export function follow(network: Network, signal: AbortSignal): AsyncIterable<NetworkEvent> {
  const queue: NetworkEvent[] = []
  let wake: (() => void) | undefined
  const watching = network.watch((event) => {
    queue.push(event)
    if (queue.length > most) queue.shift()
    wake?.()
  })
  signal.addEventListener('abort', () => wake?.(), { once: true })

  return {
    async *[Symbol.asyncIterator]() {
      try {
        while (!signal.aborted) {
          yield* queue.splice(0)
          if (queue.length > 0 || signal.aborted) continue
          await new Promise<void>((resolve) => {
            wake = resolve
          })
        }
      } finally {
        watching[Symbol.dispose]()
      }
    },
  }
}
