import { isPalabreError, messageOf, text, type Text } from '@palabre/sdk'
import type { Contact, OpenInvite } from '@palabre/sdk/contract/contacts'
import type { Port } from '@palabre/sdk/contract/port'
import { followPort } from '@palabre/sdk/contract/port-follow'

/** A contact as it crosses the port. */
export type Person = Pick<Contact, 'name' | 'theirName' | 'addedAt' | 'verified' | 'blocked' | 'policy' | 'suite' | 'waiting'> & {
  readonly id: string
  readonly suspect?: string
}

/** Everybody I know, and the invites that are open. */
export interface Book {
  readonly now: BookState
  watch(fn: () => void): Disposable
  /** Reads anew what nothing tells of: invites that were made or revoked. */
  refresh(): Promise<void>
}

export interface BookState {
  readonly people: readonly Person[]
  readonly invites: readonly OpenInvite[]
  readonly isReady: boolean
  readonly trouble: Text | undefined
}

interface Sources {
  readonly port: Port
  readonly signal: AbortSignal
  after(ms: number, fn: () => void): Disposable
}

const droveMs = 50

export function followBook({ port, signal, after }: Sources): Book {
  const watchers = new Set<() => void>()
  let now: BookState = { people: [], invites: [], isReady: false, trouble: undefined }
  const set = (part: Partial<BookState>) => {
    now = { ...now, ...part }
    for (const fn of watchers) fn()
  }
  const refresh = async () => {
    const [people, invites] = await Promise.all(
      ['contacts.list', 'invite.list'].map(async (command) => (await port.run(command, {}, { signal })).data),
    )
    set({
      people: byName(people as readonly Person[]),
      invites: invites as readonly OpenInvite[],
      isReady: true,
      trouble: undefined,
    })
  }
  const lost = (error: unknown) => {
    if (!signal.aborted) set({ trouble: isPalabreError(error) ? error.text : text(messageOf(error), messageOf(error)) })
  }
  let coming = false
  const heard = () => {
    if (coming || signal.aborted) return
    coming = true
    after(droveMs, () => {
      coming = false
      refresh().catch(lost)
    })
  }
  void followPort({ port, command: 'contacts.watch', signal, after, fresh: refresh, heard, lost })
  return {
    get now() {
      return now
    },
    watch(fn) {
      watchers.add(fn)
      return { [Symbol.dispose]: () => void watchers.delete(fn) }
    },
    refresh: () => refresh().catch(lost),
  }
}

const byName = (people: readonly Person[]) => people.toSorted((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1))
