import type { Clock } from '@palabre/sdk/contract/clock'
import { foundAt, type Discovery, type FoundPeer } from '@palabre/sdk/contract/discovery'
import { placeInInvite } from '@palabre/sdk/contract/invite-wire'

export interface NamedPeers {
  readonly discovery: Discovery
  /** The configured list anew, with the pause until everybody is named again. It is told at once. */
  change(peers: readonly string[], every: number): void
  /** Beside the configured ones, until we end. False when it stands there already, or there are too many. */
  add(said: string): boolean
  /** Takes back what was added: an address, or all of a peer. How many that were. */
  remove(peer: string): number
  all(): readonly string[]
}

/** Added while running; the configured list has its own bound in the manifest. */
const mostAdded = 1_000

/** Names the peers of a list again and again, in its order, since one that is away today may be there later. */
export function namedPeers(peers: readonly string[], every: number, clock: Clock): NamedPeers {
  const added = new Set<string>()
  let list = peers
  let pause = every
  let changed = new AbortController()
  const all = () => [...new Set([...list, ...added])]
  const tell = () => {
    changed.abort()
    changed = new AbortController()
  }

  return {
    discovery: {
      name: 'manual',
      async *find({ self, signal }) {
        while (!signal.aborted) {
          const { signal: news } = changed
          for (const found of byPeer(all())) {
            if (signal.aborted) return
            if (found.peer !== self) yield found
          }
          await clock.sleep(pause, AbortSignal.any([signal, news])).catch(() => undefined)
        }
      },
    },
    change(peers, every) {
      list = peers
      pause = every
      tell()
    },
    add(said) {
      if (all().includes(said) || added.size >= mostAdded) return false
      added.add(said)
      tell()
      return true
    },
    remove(peer) {
      const gone = [...added].filter((one) => one === peer || leadsTo(one)?.peer === peer)
      for (const one of gone) added.delete(one)
      return gone.length
    },
    all,
  }
}

/** Whom an address with the peer's id at its end leads to, or an invite: to the node of who made it. */
export const leadsTo = (said: string): FoundPeer | undefined => (said.includes('#') ? placeInInvite(said) : foundAt(said))

/** One peer with several addresses is named once; what names nobody is dropped. */
function byPeer(named: readonly string[]): FoundPeer[] {
  const found = named.flatMap((one) => leadsTo(one) ?? [])
  const grouped = Map.groupBy(found, ({ peer }) => peer)
  return [...grouped].map(([peer, all]) => ({ peer, addresses: all.flatMap(({ addresses }) => addresses) }))
}
