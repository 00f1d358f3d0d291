import { createWatched } from '@palabre/sdk'
import type { Conversation, MessengerEvent, Reachability } from '@palabre/sdk/contract/messenger'
import type { Port } from '@palabre/sdk/contract/port'
import { followPort } from '@palabre/sdk/contract/port-follow'

/** How everybody is reached at this moment. */
export interface Roads {
  of(peer: string): Reachability | undefined
  watch(fn: () => void): Disposable
}

interface Sources {
  readonly port: Port
  readonly signal: AbortSignal
  after(ms: number, fn: () => void): Disposable
}

export function followRoads({ port, signal, after }: Sources): Roads {
  const roads = createWatched<ReadonlyMap<string, Reachability>>(new Map())
  /** For each reading that is under way, what was heard since it began: that is newer than what it brings. */
  const heardSince = new Set<Map<string, Reachability>>()
  const fresh = async () => {
    const since = new Map<string, Reachability>()
    heardSince.add(since)
    try {
      const all = (await port.run('conversations', {}, { signal })).data as readonly Conversation[]
      roads.set(new Map([...all.map(({ conversation, reachability }) => [conversation, reachability] as const), ...since]))
    } finally {
      heardSince.delete(since)
    }
  }
  const heard = (data: unknown) => {
    const event = data as MessengerEvent
    if (event.kind === 'reachability') {
      for (const since of heardSince) since.set(event.conversation, event.reachability)
      roads.set(new Map(roads.now).set(event.conversation, event.reachability))
    }
    // Somebody new is nobody's news but their own.
    if (event.kind === 'conversation' || (event.kind === 'message' && !roads.now.has(event.message.conversation)))
      fresh().catch(lost)
  }
  /** What is not known is not claimed. */
  const lost = () => roads.set(new Map())
  void followPort({ port, command: 'messages.watch', signal, after, fresh, heard, lost })
  return {
    of: (peer) => roads.now.get(peer),
    watch: roads.watch,
  }
}
