import type { FoundPeer } from '@palabre/sdk/contract/discovery'

/** A discovery of the ecosystem: started, stopped, and telling peers by event. */
export interface PeerTeller {
  start(): Promise<void>
  stop(): Promise<void>
  addEventListener(type: 'peer', listener: (event: PeerEvent) => void): void
}

export interface PeerEvent {
  readonly detail: { readonly id: { toString(): string }; readonly multiaddrs: readonly { toString(): string }[] }
}

/** Whoever is told while the reader is busy waits here; a flood loses the oldest. */
const most = 256

/** Runs the discovery until the signal aborts, as a row of found peers. */
export async function* peersTold(teller: PeerTeller, signal: AbortSignal): AsyncGenerator<FoundPeer> {
  const queue: FoundPeer[] = []
  let wake: (() => void) | undefined
  const awake = () => wake?.()
  teller.addEventListener('peer', ({ detail: { id, multiaddrs } }) => {
    queue.push({ peer: id.toString(), addresses: multiaddrs.map((one) => one.toString()) })
    if (queue.length > most) queue.shift()
    awake()
  })
  signal.addEventListener('abort', awake)
  await teller.start()
  try {
    while (!signal.aborted) {
      yield* queue.splice(0)
      if (queue.length > 0) continue
      await new Promise<void>((resolve) => {
        wake = resolve
        if (signal.aborted) resolve()
      })
    }
  } finally {
    signal.removeEventListener('abort', awake)
    await teller.stop()
  }
}
