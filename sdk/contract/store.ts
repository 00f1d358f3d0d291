import { token } from '../token.ts'

/**
 * Everything that is kept: encrypted at rest, committed in whole or not at all. One process at a time has it open.
 * Reads see what was committed before they were asked. Values are copied in and out.
 * A provider that cannot open what is there fails to start (`denied` for a wrong key, `storage-failed` when it is damaged,
 * `wrong-version` when a newer Palabre wrote it) and never puts an empty one in its place.
 */
export interface Store {
  /**
   * All of the changes, in order, or none. Resolves when they would survive a loss of power. Adding a message whose id is known
   * changes nothing and is told in the answer. Fails with `storage-failed` (a full disk, say) or `bad-argument` (a change that is
   * none), and then nothing has changed. Commits that are asked for together take effect in that order, each for itself.
   */
  commit(changes: readonly Change[]): Promise<Committed>
  /** A small thing by its name. Undefined when there is none. */
  record(kind: RecordKind, key: string): Promise<Uint8Array | undefined>
  /** In the order of their keys. */
  records(kind: RecordKind): Promise<readonly { readonly key: string; readonly value: Uint8Array }[]>
  message(id: string): Promise<StoredMessage | undefined>
  /**
   * One page in the order of `place`, the newest at the end: the first ones above `after`, else the last ones, below `before` where
   * it is given. At most 500.
   */
  messages(conversation: string, page: Page): Promise<readonly StoredMessage[]>
  /** All conversations that have a message, the one whose last was added last first. */
  conversations(): Promise<readonly ConversationSummary[]>
  /**
   * Messages that hold every word (the last may be a beginning), the newest first. At most 500. What a word is, regardless of case
   * and accents: words.ts. None without a word.
   */
  search(words: string, options: { readonly conversation?: string; readonly limit: number }): Promise<readonly StoredMessage[]>
  /** Messages whose time is over at this moment, the longest over first. */
  expired(now: number, limit: number): Promise<readonly StoredMessage[]>
  /** What waits to be sent, in the order in which it was queued. */
  outbox(options?: { readonly conversation?: string }): Promise<readonly OutboxRow[]>
  /** What came from this envelope before, so that it can be acknowledged again. Undefined when it never came. */
  seen(envelope: string): Promise<Uint8Array | undefined>
  /** Bytes on disk, as far as the platform tells. */
  size(): Promise<number | undefined>
}

/** Each kind has one owner. */
export type RecordKind = 'contact' | 'invite' | 'prekeys' | 'session' | 'draft' | 'held' | 'mailbox' | 'kept' | 'setting'

export type Change =
  | { readonly do: 'put'; readonly kind: RecordKind; readonly key: string; readonly value: Uint8Array }
  | { readonly do: 'remove'; readonly kind: RecordKind; readonly key: string }
  /** Gives it the next place in its conversation. */
  | { readonly do: 'add'; readonly message: NewMessage }
  /** Changes what is named and leaves the rest; what may be missing goes with `undefined`. Unknown ids are left alone. */
  | { readonly do: 'alter'; readonly id: string; readonly set: MessageChange }
  /** Takes a message out with all traces of its text. */
  | { readonly do: 'erase'; readonly id: string }
  /** Puts it at the end; one that waits already stays as it is. */
  | { readonly do: 'enqueue'; readonly row: OutboxRow }
  /** Changes what is named and leaves the rest; unknown envelopes are left alone. */
  | {
      readonly do: 'requeue'
      readonly envelope: string
      readonly set: Partial<Pick<OutboxRow, 'attempts' | 'nextTry' | 'storedAt'>>
    }
  | { readonly do: 'dequeue'; readonly envelope: string }
  /** Remembers an envelope that came, with the proof that acknowledges it; an empty one when nothing ever will. */
  | { readonly do: 'see'; readonly envelope: string; readonly proof: Uint8Array; readonly at: number }
  /** Forgets envelopes that came before. */
  | { readonly do: 'forget-seen'; readonly before: number }
  /** Erases a conversation: messages, outbox, draft. Places begin anew. */
  | { readonly do: 'clear'; readonly conversation: string }

export interface Committed {
  /** Ids of messages that were there already. */
  readonly known: readonly string[]
}

export interface NewMessage {
  /** 32 hexadecimal digits, chosen by the author. */
  readonly id: string
  readonly conversation: string
  /** User id, empty for a notice of the program's own. */
  readonly author: string
  readonly mine: boolean
  /** `notice` texts are keys that a face translates. */
  readonly kind: 'text' | 'notice'
  readonly text: string
  /** When the author says it was written, and when it came here; milliseconds since 1970. */
  readonly sentAt: number
  readonly receivedAt: number
  readonly state: MessageState
  readonly replyTo?: string | undefined
  /** How long it may be read, in milliseconds; the time starts when it is read. */
  readonly fuse?: number | undefined
}

export interface StoredMessage extends NewMessage {
  /** Grows within its conversation, from 1, without two alike; gaps where something was erased. */
  readonly place: number
  readonly editedAt?: number | undefined
  /** The text is empty then. */
  readonly deletedAt?: number | undefined
  readonly readAt?: number | undefined
  readonly expiresAt?: number | undefined
  /** Mailboxes that hold it, for `stored`. */
  readonly copies?: number | undefined
  /** Why it failed, for `failed`: a code. */
  readonly why?: string | undefined
  /** By user id; one each. */
  readonly reactions: Readonly<Record<string, string>>
}

export type MessageChange = Partial<
  Pick<StoredMessage, 'text' | 'state' | 'editedAt' | 'deletedAt' | 'readAt' | 'expiresAt' | 'copies' | 'why' | 'reactions'>
>

/** Mine: `queued` to `read`, or `failed`. Others': `received`, and `read` when the person has seen it. */
export type MessageState = 'queued' | 'sent' | 'stored' | 'delivered' | 'read' | 'failed' | 'received'

export interface Page {
  readonly limit: number
  /** Only places below, or above. */
  readonly before?: number | undefined
  readonly after?: number | undefined
}

export interface ConversationSummary {
  readonly conversation: string
  readonly last: StoredMessage
  /** Others' messages that the person has not seen. */
  readonly unread: number
}

/** One sealed envelope on its way. What is in it was written with it in one transaction. */
export interface OutboxRow {
  /** 32 hexadecimal digits. */
  readonly envelope: string
  readonly conversation: string
  /** The message it carries, when a person sees its state. */
  readonly message?: string | undefined
  /** `Sealed` of a suite, never anything else. */
  readonly sealed: Uint8Array
  /** What the receiver shows when it has committed; only who opened the envelope knows it. */
  readonly proof: Uint8Array
  readonly queuedAt: number
  readonly attempts: number
  readonly nextTry: number
  /** The mailboxes that hold it. */
  readonly storedAt: readonly string[]
}

export const Store = token<Store>('store')
