import { createWatched, isPalabreError, type PalabreError, type Watched } from '@palabre/sdk'
import type { InviteSays } from '@palabre/sdk/contract/contacts'
import type { Port } from '@palabre/sdk/contract/port'
import { followPort } from '@palabre/sdk/contract/port-follow'

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

const retryMs = 500

/** Read as soon as it comes: what is shown is a name, or the reason why there is none. */
export function followArrival({ port, signal, after }: Sources): ArrivalNow {
  const waiting = createWatched<Waiting | undefined>(undefined)
  let wanted: string | undefined
  const read = async (invite: string) => {
    try {
      const says = (await port.run('invite.read', { invite }, { signal })).data as InviteSays
      if (invite === wanted) waiting.set({ invite, says })
    } catch (error) {
      if (signal.aborted || invite !== wanted) return
      if (isPalabreError(error) && ['bad-argument', 'denied'].includes(error.code)) waiting.set({ invite, trouble: error })
      // Whoever reads invites has not started yet, or is out of reach.
      else after(retryMs, () => void (invite === wanted && read(invite)))
    }
  }
  const heard = ({ invite }: { readonly invite?: string }) => {
    wanted = invite
    if (invite === undefined) waiting.set(undefined)
    else void read(invite)
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
