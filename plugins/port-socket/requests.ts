import type { PalabreError } from '@palabre/sdk'
import type { Reply } from '@palabre/sdk/contract/command'
import { wireToError, type KernelMessage } from '@palabre/sdk/contract/port-wire'

/** Whoever waits for answers to one request. */
export interface Asker {
  reply(reply: Reply): void
  end(): void
  fail(error: PalabreError): void
}

/** Requests under way by their number. */
export interface Requests {
  open(asker: Asker): number
  /** False when it had ended already. */
  close(id: number): boolean
  take(message: KernelMessage): void
  failAll(error: PalabreError): void
}

export function createRequests(): Requests {
  const askers = new Map<number, Asker>()
  let last = 0
  return {
    open(asker) {
      askers.set(++last, asker)
      return last
    },
    close: (id) => askers.delete(id),
    take(message) {
      if (message.kind === 'welcome') return
      const asker = askers.get(message.id)
      if (message.kind === 'reply') return asker?.reply(message.reply)
      askers.delete(message.id)
      if (message.kind === 'end') asker?.end()
      else asker?.fail(wireToError(message.error))
    },
    failAll(error) {
      const left = [...askers.values()]
      askers.clear()
      for (const asker of left) asker.fail(error)
    },
  }
}
