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
  const watchers = new Set<() => void>()
  const roads = new Map<string, Reachability>()
  const tell = () => watchers.forEach((fn) => fn())
  const fresh = async () => {
    const all = (await port.run('conversations', {}, { signal })).data as readonly Conversation[]
    roads.clear()
    for (const { conversation, reachability } of all) roads.set(conversation, reachability)
    tell()
  }
  const heard = (data: unknown) => {
    const event = data as MessengerEvent
    if (event.kind === 'reachability') {
      roads.set(event.conversation, event.reachability)
      tell()
    }
    // Somebody new is nobody's news but their own.
    if (event.kind === 'conversation' || (event.kind === 'message' && !roads.has(event.message.conversation))) fresh().catch(lost)
  }
  /** What is not known is not claimed. */
  const lost = () => {
    roads.clear()
    tell()
  }
  void followPort({ port, command: 'messages.watch', signal, after, fresh, heard, lost })
  return {
    of: (peer) => roads.get(peer),
    watch(fn) {
      watchers.add(fn)
      return { [Symbol.dispose]: () => void watchers.delete(fn) }
    },
  }
}
