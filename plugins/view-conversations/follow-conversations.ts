import { createWatched, hasWords, textOf, type Text, type Watched } from '@palabre/sdk'
import type { Conversation } from '@palabre/sdk/contract/messenger'
import type { Port } from '@palabre/sdk/contract/port'
import { followPort, inDroves } from '@palabre/sdk/contract/port-follow'

/** All conversations, the latest first, as they are now. */
export interface ConversationList extends Watched<ListState> {
  /** By words of the name. */
  find(sought: string): readonly Conversation[]
}

interface ListState {
  readonly all: readonly Conversation[]
  readonly isReady: boolean
  readonly trouble: Text | undefined
}

interface Sources {
  readonly port: Port
  readonly signal: AbortSignal
  after(ms: number, fn: () => void): Disposable
}

/** Messages come in droves; the list is read once for all that come within this time. */
const droveMs = 80

export function followConversations({ port, signal, after }: Sources): ConversationList {
  const list = createWatched<ListState>({ all: [], isReady: false, trouble: undefined })
  const read = async () => {
    const { data } = await port.run('conversations', {}, { signal })
    list.set({ all: inOrder(data as readonly Conversation[]), isReady: true, trouble: undefined })
  }
  const lost = (error: unknown) => {
    if (!signal.aborted) list.set({ ...list.now, trouble: textOf(error) })
  }
  const readSoon = inDroves(() => void read().catch(lost), { ms: droveMs, signal, after })
  const heard = (event: unknown) => {
    if ((event as { kind?: string }).kind !== 'typing') readSoon()
  }
  void followPort({ port, command: 'messages.watch', signal, after, fresh: read, heard, lost })
  // A contact who has said nothing yet is a conversation too.
  void followPort({
    port,
    command: 'contacts.watch',
    signal,
    after,
    fresh: () => undefined,
    heard: readSoon,
    lost: () => undefined,
  })

  return {
    get now() {
      return list.now
    },
    watch: list.watch,
    find: (sought) => list.now.all.filter(({ name }) => hasWords(name, sought)).slice(0, 40),
  }
}

/** Those without a message stand first: they have just come. */
function inOrder(all: readonly Conversation[]): readonly Conversation[] {
  const at = ({ last }: Conversation) => last?.receivedAt ?? Infinity
  return all.toSorted((a, b) => {
    const [one, other] = [at(a), at(b)]
    return one === other ? 0 : other - one
  })
}
