import { text } from '@palabre/sdk'
import type { Arrival } from '@palabre/sdk/contract/arrival'
import { reply, type CommandContext, type Reply } from '@palabre/sdk/contract/command'

export function arrivalCommands(arrival: Arrival) {
  return {
    show: () => replyOf(arrival.waiting()),
    settle({ invite }: { invite: string }) {
      arrival.settle(invite)
      return replyOf(arrival.waiting())
    },
    /** What waits now, then each change. */
    async *watch(_args: object, { signal }: CommandContext): AsyncGenerator<Reply> {
      let wake: () => void = () => undefined
      using _watching = arrival.watch(() => wake())
      signal.addEventListener('abort', () => wake(), { once: true })
      let told: Reply | undefined
      while (!signal.aborted) {
        const changed = new Promise<void>((resolve) => (wake = resolve))
        const now = arrival.waiting()
        if (told === undefined || (told.data as Waiting).invite !== now) yield (told = replyOf(now))
        else await changed
      }
    },
  }
}

interface Waiting {
  readonly invite?: string
}

function replyOf(invite: string | undefined): Reply {
  const waiting: Waiting = invite === undefined ? {} : { invite }
  return reply(waiting, invite === undefined ? text('No invite waits.', 'Aucune invitation n’attend.') : text(invite, invite))
}
