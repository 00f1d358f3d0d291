import type { Text } from '../text.ts'
import { token } from '../token.ts'
import type { Path, Waiting } from './link.ts'
import type { Road } from './route.ts'
import type { ConversationSummary, Page, StoredMessage } from './store.ts'
import type { UserId } from './identity.ts'

/** What people say to each other: sealed, kept, brought, shown. A conversation is named by the user id of the other person. */
export interface Messenger {
  /**
   * Resolves when the message is sealed and kept with its place in the outbox: from then on it is not lost. Fails with what a filter
   * gave as its reason (`denied`), `too-large` (64 KiB), `peer-unknown`, `denied` (blocked, or a changed key), `switched-off` naming
   * what is missing. Nothing is kept then.
   */
  send(to: UserId, draft: Draft): Promise<StoredMessage>
  /** Mine only; the other person sees the new text. Fails with `denied` when it is not mine or deleted. */
  edit(message: string, text: string): Promise<StoredMessage>
  /** Mine only: everywhere. */
  deleteForAll(message: string): Promise<StoredMessage>
  /** One each; undefined takes it back. */
  react(message: string, reaction: string | undefined): Promise<StoredMessage>
  typing(to: UserId): Promise<void>
  /** The person has seen everything up to this message: receipts go out unless they are off, fuses start to burn. */
  markRead(to: UserId, upTo: string): Promise<void>
  /** How long new messages may be read, in milliseconds; undefined for ever. The other person is told. */
  setFuse(to: UserId, fuse: number | undefined): Promise<void>
  draft(to: UserId): Promise<string>
  setDraft(to: UserId, text: string): Promise<void>
  /** Whether I tell others that I have read. */
  receipts(): Promise<boolean>
  setReceipts(on: boolean): Promise<void>

  history(to: UserId, page: Page): Promise<readonly StoredMessage[]>
  message(id: string): Promise<StoredMessage | undefined>
  conversations(): Promise<readonly Conversation[]>
  search(words: string, options: { readonly conversation?: UserId; readonly limit: number }): Promise<readonly StoredMessage[]>
  /** Everything that waits, with the reason why it has not arrived. */
  pending(to?: UserId): Promise<readonly Pending[]>
  /** Tries everything that waits for somebody now. */
  retry(to?: UserId): Promise<void>
  /** Gives up a message that waits: it is `failed` and does not go. */
  withdraw(message: string): Promise<StoredMessage>
  /** Erases one message here, for me alone; one that waits is given up first. Fails with `bad-argument` when there is none. */
  forget(message: string): Promise<void>
  /** The same with everything that was said. */
  clear(to: UserId): Promise<void>
  reachability(to: UserId): Promise<Reachability>
  /** What is known of the road on which they are reached now, measured once more; undefined when there is none. */
  road(to: UserId, options?: Waiting): Promise<Road | undefined>
  watch(fn: (event: MessengerEvent) => void): Disposable
}

/** Plaintext, before it is sealed. Never a `Sealed`. */
export interface Draft {
  readonly text: string
  readonly replyTo?: string | undefined
  /** Chosen by the caller to make sending again harmless; else random. 32 hexadecimal digits. */
  readonly id?: string | undefined
}

export interface Conversation extends Partial<ConversationSummary> {
  readonly conversation: UserId
  readonly name: string
  readonly unread: number
  readonly waiting: boolean
  readonly blocked: boolean
  readonly verified: boolean
  readonly fuse?: number | undefined
  readonly reachability: Reachability
}

/** `up`: a link stands. `trying`, `mailbox`, `waiting` (nothing heard of them yet), `offline`. */
export interface Reachability {
  readonly state: 'up' | 'trying' | 'mailbox' | 'waiting' | 'offline'
  readonly path?: Path | undefined
  readonly why?: Text | undefined
}

export interface Pending {
  readonly conversation: UserId
  readonly message?: string | undefined
  readonly state: StoredMessage['state']
  readonly queuedAt: number
  readonly attempts: number
  readonly nextTry: number
  readonly why: Text
}

export type MessengerEvent =
  | { readonly kind: 'message'; readonly message: StoredMessage }
  | { readonly kind: 'changed'; readonly message: StoredMessage }
  | { readonly kind: 'erased'; readonly conversation: string; readonly id: string }
  | { readonly kind: 'typing'; readonly conversation: string }
  | { readonly kind: 'reachability'; readonly conversation: string; readonly reachability: Reachability }
  | { readonly kind: 'conversation'; readonly conversation: string }

export const Messenger = token<Messenger>('messenger')
