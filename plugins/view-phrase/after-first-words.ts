import type { MessengerEvent } from '@palabre/sdk/contract/messenger'
import type { Port } from '@palabre/sdk/contract/port'
import { followPort } from '@palabre/sdk/contract/port-follow'

interface Sources {
  readonly port: Port
  readonly signal: AbortSignal
  after(ms: number, fn: () => void): Disposable
  written(): void
}

/** Runs once the person has written something: from then on there is something to lose. */
export function afterFirstWords({ port, signal, after, written }: Sources): void {
  const heard = new AbortController()
  signal.addEventListener('abort', () => heard.abort(), { once: true })
  void followPort({
    port,
    command: 'messages.watch',
    signal: heard.signal,
    after,
    fresh: () => undefined,
    heard(data) {
      const event = data as MessengerEvent
      // One that was under way already may still come.
      if (heard.signal.aborted || event.kind !== 'message' || !event.message.mine || event.message.kind !== 'text') return
      heard.abort()
      written()
    },
    lost: () => undefined,
  })
}
