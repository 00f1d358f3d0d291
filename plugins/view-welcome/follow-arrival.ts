import { createWatched, type PalabreError, type Watched } from '@palabre/sdk'
import type { InviteSays } from '@palabre/sdk/contract/contacts'
import type { Port } from '@palabre/sdk/contract/port'
import { askPort, followPort } from '@palabre/sdk/contract/port-follow'

/** The invite with which Palabre was opened, as far as it has been read. */
export interface Waiting {
  readonly invite: string
  readonly says?: InviteSays
  /** Why nobody can come in by it. */
  readonly trouble?: PalabreError
}

export interface ArrivalNow extends Watched<Waiting | undefined> {
  /** The person has decided about it: it is offered no more. */
  settle(invite: string): Promise<void>
}

interface Sources {
  readonly port: Port
  readonly signal: AbortSignal
  after(ms: number, fn: () => void): Disposable
}

/** Read as soon as it comes: what is shown is a name, or the reason why there is none. */
export function followArrival({ port, signal, after }: Sources): ArrivalNow {
  const waiting = createWatched<Waiting | undefined>(undefined)
  const read = async (invite: string, signal: AbortSignal) => {
    const reading = { port, command: 'invite.read', args: { invite }, signal, after, answers: ['bad-argument', 'denied'] } as const
    try {
      const says = await askPort(reading)
      if (says !== undefined) waiting.set({ invite, says: says as InviteSays })
    } catch (trouble) {
      waiting.set({ invite, trouble: trouble as PalabreError })
    }
  }
  let reading = new AbortController()
  const heard = ({ invite }: { readonly invite?: string }) => {
    reading.abort()
    reading = new AbortController()
    if (invite === undefined) waiting.set(undefined)
    else void read(invite, AbortSignal.any([signal, reading.signal]))
  }
  void followPort({
    port,
    command: 'arrival.watch',
    signal,
    after,
    fresh: () => undefined,
    heard: (data) => heard(data as { invite?: string }),
    lost: () => undefined,
  })
  return {
    get now() {
      return waiting.now
    },
    watch: waiting.watch,
    async settle(invite) {
      await port.run('arrival.settle', { invite })
    },
  }
}
