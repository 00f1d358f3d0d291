import { createWatched, textOf, type Text, type Watched } from '@palabre/sdk'
import type { Conversation, MessengerEvent, Pending } from '@palabre/sdk/contract/messenger'
import type { Port } from '@palabre/sdk/contract/port'
import { followPort, inDroves } from '@palabre/sdk/contract/port-follow'
import type { StoredMessage } from '@palabre/sdk/contract/store'
import { createMovingStretch } from './moving-stretch.ts'
import { emptyStretch, pageSize, type Stretch } from './stretch.ts'

/** A conversation that is looked at: a stretch of its messages, who it is with, and what can be done there. */
export interface Talk extends Watched<TalkState>, AsyncDisposable {
  readonly peer: string
  older(): Promise<void>
  newer(): Promise<void>
  /** Shows the messages around this place. */
  around(place: number): Promise<void>
  /** Shows the last ones. */
  toEnd(): Promise<void>
  send(said: string, replyTo: string | undefined): Promise<void>
  edit(message: string, said: string): Promise<void>
  remove(message: string): Promise<void>
  react(message: string, reaction: string): Promise<void>
  withdraw(message: string): Promise<void>
  retry(): Promise<void>
  /** Says once more what did not go, as a new message. */
  again(message: StoredMessage): Promise<void>
  /** Takes a message away here alone. */
  forget(message: string): Promise<void>
  /** How long new messages may be read, in seconds; 0: for ever. */
  setFuse(seconds: number): Promise<void>
  /** Erases everything here. */
  clear(): Promise<void>
  markRead(): void
  typing(): void
  draft(): Promise<string>
  keepDraft(said: string): void
  search(words: string, signal: AbortSignal): Promise<readonly StoredMessage[]>
  /** A message that may lie outside of the stretch. */
  message(id: string): StoredMessage | undefined
}

interface TalkState {
  readonly stretch: Stretch
  readonly with: Conversation | undefined
  readonly isReady: boolean
  readonly trouble: Text | undefined
  readonly isTyping: boolean
  /** Why each of mine that waits has not arrived. */
  readonly waiting: ReadonlyMap<string, Pending>
  /** Where the unread ones began when the conversation was opened. */
  readonly unreadFrom: number | undefined
}

interface Sources {
  readonly port: Port
  readonly peer: string
  /** Aborted when the plugin stops, which may be before the page lets go of the element. */
  readonly signal: AbortSignal
  after(ms: number, fn: () => void): Disposable
}

const typingShownMs = 6_000
const typingToldMs = 3_000
const droveMs = 60
const draftMs = 300
/** How far back the first unread message is looked for. */
const mostUnread = 500

export function openTalk({ port, peer, signal: stopped, after }: Sources): Talk {
  const ending = new AbortController()
  const signal = AbortSignal.any([stopped, ending.signal])
  const talk = createWatched<TalkState>({
    stretch: emptyStretch,
    with: undefined,
    isReady: false,
    trouble: undefined,
    isTyping: false,
    waiting: new Map(),
    unreadFrom: undefined,
  })
  const set = (part: Partial<TalkState>) => talk.set({ ...talk.now, ...part })
  const run = async (command: string, args: object) => (await port.run(command, args, { signal })).data
  const page = async (where: object) => (await run('history', { peer, ...where })) as readonly StoredMessage[]
  /** Where the unread ones begin is noted once: they are read as soon as they are shown. */
  let opened: Pick<TalkState, 'isReady' | 'unreadFrom'> = { isReady: false, unreadFrom: undefined }
  const shown = createMovingStretch({ page, moved: (stretch) => set({ stretch, trouble: undefined, ...opened }) })

  const firstUnread = async (last: readonly StoredMessage[]) => {
    const first = (messages: readonly StoredMessage[]) => messages.find(({ mine, state }) => !mine && state === 'received')?.place
    const found = first(last)
    const mayBeEarlier = found !== undefined && found === last[0]?.place && last.length === pageSize
    return mayBeEarlier ? first(await page({ limit: mostUnread })) : found
  }

  const toEnd = () =>
    shown.toEnd(async (last) => {
      if (!opened.isReady) opened = { isReady: true, unreadFrom: await firstUnread(last) }
    })
  const about = async () => {
    const [all, waiting] = await Promise.all([run('conversations', {}), run('outbox', { peer })])
    set({
      with: (all as readonly Conversation[]).find(({ conversation }) => conversation === peer),
      waiting: new Map((waiting as readonly Pending[]).flatMap((one) => (one.message === undefined ? [] : [[one.message, one]]))),
    })
  }
  const readAbout = inDroves(() => void about().catch(lost), { ms: droveMs, signal, after })
  const fresh = async () => {
    await Promise.all([about(), shown.now.hasEnd || !opened.isReady ? toEnd() : undefined])
  }

  /** It may have been cleared. */
  const emptied = async () => {
    if ((await page({ limit: 1 })).length === 0) await toEnd()
  }

  let stopTyping: Disposable | undefined
  const heard = (data: unknown) => {
    const event = data as MessengerEvent
    const about = 'message' in event ? event.message.conversation : event.conversation
    if (about !== peer) return
    switch (event.kind) {
      case 'message':
        if (!event.message.mine) set({ isTyping: false })
        shown.take(event.message)
        // A notice may tell of another fuse.
        return event.message.mine || event.message.kind === 'notice' ? readAbout() : undefined
      case 'changed':
        if (extras.has(event.message.id)) extras.set(event.message.id, event.message)
        shown.take(event.message)
        return event.message.mine ? readAbout() : undefined
      case 'erased':
        shown.erase(event.id)
        // What is left may lie outside of what was held.
        return shown.now.messages.length === 0 ? void toEnd().catch(lost) : undefined
      case 'typing':
        stopTyping?.[Symbol.dispose]()
        stopTyping = after(typingShownMs, () => set({ isTyping: false }))
        return set({ isTyping: true })
      case 'reachability':
        if (talk.now.with !== undefined) set({ with: { ...talk.now.with, reachability: event.reachability } })
        return readAbout()
      case 'conversation':
        void emptied().catch(lost)
        return readAbout()
    }
  }
  const lost = (error: unknown) => {
    if (!signal.aborted) set({ trouble: textOf(error) })
  }
  void followPort({ port, command: 'messages.watch', signal, after, fresh, heard, lost })

  let moving: Promise<void> | undefined
  const once = (work: () => Promise<void>) =>
    (moving ??= work()
      .catch(lost)
      .finally(() => (moving = undefined)))

  const send = async (said: string, replyTo: string | undefined) => {
    const id = randomId()
    await run('send', { to: peer, message: said, wait: 'kept', seconds: 0, id, ...(replyTo === undefined ? {} : { replyTo }) })
    toldTyping = false
    if (!shown.now.hasEnd) await toEnd()
  }

  const extras = new Map<string, StoredMessage | undefined>()
  let toldTyping = false
  let read = ''
  let keeping: { said: string; timer: Disposable } | undefined
  const keepNow = (said: string) => void port.run('messages.draft', { peer, text: said }).catch(() => undefined)

  return {
    peer,
    get now() {
      return talk.now
    },
    watch: talk.watch,
    older: () => once(shown.older),
    newer: () => once(shown.newer),
    around: shown.around,
    toEnd,
    send,
    edit: async (message, said) => void (await run('messages.edit', { message, text: said })),
    remove: async (message) => void (await run('messages.delete', { message })),
    react: async (message, reaction) => void (await run('messages.react', { message, reaction })),
    withdraw: async (message) => void (await run('messages.withdraw', { message })),
    retry: async () => void (await run('messages.retry', { peer })),
    async again({ id, text: said, replyTo }) {
      await send(said, replyTo)
      await run('messages.forget', { message: id })
    },
    forget: async (message) => void (await run('messages.forget', { message })),
    setFuse: async (seconds) => void (await run('messages.fuse', { peer, seconds })),
    clear: async () => void (await run('messages.clear', { peer, yes: true })),
    markRead() {
      const last = shown.now.messages.findLast(({ mine, kind }) => !mine && kind === 'text')
      if (!shown.now.hasEnd || last === undefined || last.state !== 'received' || last.id === read) return
      read = last.id
      run('messages.read', { peer, upTo: last.id }).catch(() => (read = ''))
    },
    typing() {
      if (toldTyping) return
      toldTyping = true
      after(typingToldMs, () => (toldTyping = false))
      run('messages.typing', { peer }).catch(() => undefined)
    },
    draft: async () => ((await run('messages.draft', { peer })) as { draft: string }).draft,
    keepDraft(said) {
      keeping?.timer[Symbol.dispose]()
      keeping = { said, timer: after(draftMs, () => (keepNow(said), (keeping = undefined))) }
    },
    search: async (words, wanted) =>
      (await port.run('search', { words, peer, limit: 50 }, { signal: AbortSignal.any([signal, wanted]) }))
        .data as readonly StoredMessage[],
    message(id) {
      const here = shown.now.messages.find((one) => one.id === id)
      if (here !== undefined || extras.has(id)) return here ?? extras.get(id)
      extras.set(id, undefined)
      run('messages.show', { message: id }).then(
        (found) => (extras.set(id, found as StoredMessage), set({})),
        () => undefined,
      )
      return undefined
    },
    async [Symbol.asyncDispose]() {
      if (keeping !== undefined) {
        keeping.timer[Symbol.dispose]()
        keepNow(keeping.said)
      }
      stopTyping?.[Symbol.dispose]()
      ending.abort()
    },
  }
}

/** Sending again what may have been sent does no harm under the same name. */
function randomId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
