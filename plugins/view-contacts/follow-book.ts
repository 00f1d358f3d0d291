import { isPalabreError, textOf, type Text } from '@palabre/sdk'
import type { Contact, OpenInvite } from '@palabre/sdk/contract/contacts'
import type { Standing } from '@palabre/sdk/contract/mail-friends'
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
  /** Reads anew what nothing tells of: invites that were made or revoked, what was switched on or off. */
  refresh(): Promise<void>
}

export interface BookState {
  readonly people: readonly Person[]
  readonly invites: readonly OpenInvite[]
  /** How I stand with each who keeps for me or would, or for whom I would; undefined while this Palabre does no such thing. */
  readonly keepers: ReadonlyMap<string, Standing> | undefined
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
  let now: BookState = { people: [], invites: [], keepers: undefined, isReady: false, trouble: undefined }
  const set = (part: Partial<BookState>) => {
    now = { ...now, ...part }
    for (const fn of watchers) fn()
  }
  const read = async (command: string) => (await port.run(command, {}, { signal })).data
  const refresh = async () => {
    const [people, invites, keepers] = await Promise.all([
      read('contacts.list'),
      read('invite.list'),
      read('friends.list').then(keepersOf, ifOff),
    ])
    set({
      people: byName(people as readonly Person[]),
      invites: invites as readonly OpenInvite[],
      keepers,
      isReady: true,
      trouble: undefined,
    })
  }
  const lost = (error: unknown) => {
    if (!signal.aborted) set({ trouble: textOf(error) })
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

function keepersOf(data: unknown): BookState['keepers'] {
  const { friends } = data as { readonly friends: readonly { readonly id: string; readonly standing: Standing }[] }
  return new Map(friends.map(({ id, standing }) => [id, standing]))
}

/** A command of a plugin that is off, or not there at all, is nothing to complain about. */
function ifOff(error: unknown): undefined {
  if (!isPalabreError(error) || !['unknown-command', 'switched-off'].includes(error.code)) throw error
}

const byName = (people: readonly Person[]) => people.toSorted((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1))
