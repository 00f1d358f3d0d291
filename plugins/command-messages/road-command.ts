import { reply, type CommandContext, type Reply } from '@palabre/sdk/contract/command'
import type { Lent } from './lent.ts'
import { roadText } from './road-text.ts'

interface RoadArgs {
  readonly peer: string
  readonly count: number
  readonly interval: number
}

/** How somebody is reached, measured again after a while, and as soon as it changes. */
export function roadCommand({ messenger, contacts, clock }: Lent) {
  return async function* road({ peer, count, interval }: RoadArgs, { signal }: CommandContext): AsyncGenerator<Reply> {
    const { id, name } = await contacts.find(peer)
    let changed = new AbortController()
    using _watching = messenger.watch((event) => {
      if (event.kind === 'reachability' && event.conversation === id) changed.abort()
    })
    for (let turn = 1; ; turn++) {
      // What changes while it is measured counts too.
      changed = new AbortController()
      const [found, reachability] = [await messenger.road(id, { signal }), await messenger.reachability(id)]
      yield reply({ reachability, road: found ?? null }, roadText(name, reachability, found))
      if (turn === count) return
      await clock.sleep(interval, AbortSignal.any([signal, changed.signal])).catch(() => undefined)
      signal.throwIfAborted()
    }
  }
}
