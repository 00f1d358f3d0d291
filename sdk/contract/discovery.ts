import { slot } from '../token.ts'

/** A way to learn of peers. It only tells; whether and when somebody is dialled is the network's affair. */
export interface Discovery {
  /** What lists and logs call it: `mdns`. Unique among discoveries. */
  readonly name: string
  /**
   * Yields whom it finds, again when addresses change, until the signal aborts, then ends without throwing. It may end early when it
   * has told all. It never yields ourselves, nor what is no peer. Called again after the node took a new identity.
   */
  find(node: DiscoveringNode): AsyncIterable<FoundPeer>
  /**
   * Looks for one peer, while `find` runs; absent when it can only wait to be told. `undefined` when nobody knows where it is, or when
   * the signal aborts first; never throws for that.
   */
  seek?(peer: string, signal: AbortSignal): Promise<FoundPeer | undefined>
}

export interface DiscoveringNode {
  /** My overlay peer id, so that a discovery does not find ourselves. */
  readonly self: string
  /** Where we can be reached at this moment, for those who announce us. */
  addresses(): readonly string[]
  /** The parts of the overlay node, for discoveries that speak a protocol of their own on it, as `NodePart`s are given them. */
  // oxlint-disable-next-line typescript/no-explicit-any -- each part of the ecosystem names the components it wants
  readonly components: any
  readonly signal: AbortSignal
}

export interface FoundPeer {
  readonly peer: string
  /** Multiaddrs; what does not parse is dropped by the network. */
  readonly addresses: readonly string[]
}

export const Discovery = slot<Discovery>('discovery')

/** What a full address tells: whom, and where. `undefined` when it does not end in a peer id. */
export function foundAt(address: string): FoundPeer | undefined {
  const parts = /^(\/.+)\/p2p\/([A-Za-z0-9]+)$/.exec(address)
  return parts === null ? undefined : { peer: parts[2]!, addresses: [parts[1]!] }
}

/** Whoever is told while the reader is busy waits here; a flood loses the oldest. */
const mostUnread = 256

/** What `find` must return, of a source that calls back. `begin` starts it and returns how to stop it, which is done in any case. */
export async function* foundBy(
  { self, signal }: Pick<DiscoveringNode, 'self' | 'signal'>,
  begin: (tell: (found: FoundPeer) => void) => Promise<() => void | Promise<void>>,
): AsyncGenerator<FoundPeer> {
  if (signal.aborted) return
  const queue: FoundPeer[] = []
  let wake: (() => void) | undefined
  const awake = () => wake?.()
  signal.addEventListener('abort', awake)
  const end = await begin((found) => {
    if (found.peer === self || found.addresses.length === 0) return
    queue.push(found)
    if (queue.length > mostUnread) queue.shift()
    awake()
  })
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
    await end()
  }
}
