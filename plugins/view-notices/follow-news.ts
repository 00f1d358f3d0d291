import type { Conversation, MessengerEvent } from '@palabre/sdk/contract/messenger'
import type { Port } from '@palabre/sdk/contract/port'
import { followPort, inDroves } from '@palabre/sdk/contract/port-follow'
import type { StoredMessage } from '@palabre/sdk/contract/store'

/** A message of somebody else that has come and has not been seen. */
export interface News {
  readonly message: string
  readonly conversation: string
  readonly name: string
  readonly text: string
  /** How many of theirs wait, this one among them. */
  readonly unread: number
}

interface Sources {
  readonly port: Port
  readonly signal: AbortSignal
  after(ms: number, fn: () => void): Disposable
  came(news: News): void
  /** It was read, deleted, or is there no more. */
  went(message: string): void
  /** How many wait altogether. */
  waiting(count: number): void
}

/** Messages come in droves; who wrote is asked once for all that come within this time. */
const droveMs = 80

/** What came while nobody was there is counted and not told one by one. */
export function followNews({ port, signal, after, came, went, waiting }: Sources): void {
  const fresh = new Map<string, StoredMessage>()
  const read = async () => {
    const { data } = await port.run('conversations', {}, { signal })
    const heard = (data as readonly Conversation[]).filter(({ blocked }) => !blocked)
    waiting(heard.reduce((sum, { unread }) => sum + unread, 0))
    for (const [message, { conversation, text }] of fresh) {
      fresh.delete(message)
      const who = heard.find((one) => one.conversation === conversation)
      if (who !== undefined) came({ message, conversation, text, name: who.name, unread: who.unread })
    }
  }
  // What is lost is told by who follows, and read anew.
  const readSoon = inDroves(() => void read().catch(() => undefined), { ms: droveMs, signal, after })
  const gone = (message: string) => {
    fresh.delete(message)
    went(message)
  }
  const heard = (event: MessengerEvent) => {
    if (event.kind === 'typing' || event.kind === 'reachability') return
    if (event.kind === 'message' && isUnseen(event.message)) fresh.set(event.message.id, event.message)
    if (event.kind === 'changed' && !isUnseen(event.message)) gone(event.message.id)
    if (event.kind === 'erased') gone(event.id)
    readSoon()
  }
  const following = { port, signal, after, lost: () => undefined }
  void followPort({ ...following, command: 'messages.watch', fresh: read, heard: (event) => heard(event as MessengerEvent) })
  // Somebody who is blocked from now on has nothing that waits.
  void followPort({ ...following, command: 'contacts.watch', fresh: () => undefined, heard: readSoon })
}

const isUnseen = ({ mine, kind, state, deletedAt }: StoredMessage) =>
  !mine && kind === 'text' && state === 'received' && deletedAt === undefined
