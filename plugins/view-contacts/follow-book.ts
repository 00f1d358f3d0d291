import { createWatched, isPalabreError, textOf, type Text, type Watched } from '@palabre/sdk'
import type { Contact, OpenInvite } from '@palabre/sdk/contract/contacts'
import type { Standing } from '@palabre/sdk/contract/mail-friends'
import type { Port } from '@palabre/sdk/contract/port'
import { followPort, inDroves } from '@palabre/sdk/contract/port-follow'

/** A contact as it crosses the port. */
export type Person = Pick<Contact, 'name' | 'theirName' | 'addedAt' | 'verified' | 'blocked' | 'policy' | 'suite' | 'waiting'> & {
  readonly id: string
  readonly suspect?: string
}

/** Everybody I know, and the invites that are open. */
export interface Book extends Watched<BookState> {
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
  const book = createWatched<BookState>({ people: [], invites: [], keepers: undefined, isReady: false, trouble: undefined })
  const read = async (command: string) => (await port.run(command, {}, { signal })).data
  const refresh = async () => {
    const [people, invites, keepers] = await Promise.all([
      read('contacts.list'),
      read('invite.list'),
      read('friends.list').then(keepersOf, ifOff),
    ])
    book.set({
      people: byName(people as readonly Person[]),
      invites: invites as readonly OpenInvite[],
      keepers,
      isReady: true,
      trouble: undefined,
    })
  }
  const lost = (error: unknown) => {
    if (!signal.aborted) book.set({ ...book.now, trouble: textOf(error) })
  }
  const heard = inDroves(() => void refresh().catch(lost), { ms: droveMs, signal, after })
  void followPort({ port, command: 'contacts.watch', signal, after, fresh: refresh, heard, lost })
  return {
    get now() {
      return book.now
    },
    watch: book.watch,
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
