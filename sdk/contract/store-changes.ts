import { PalabreError } from '../error.ts'
import { text } from '../text.ts'
import type { Change, MessageChange, MessageState, NewMessage, OutboxRow, RecordKind } from './store.ts'

/**
 * What a store takes from its caller, for every store alike: a copy, so that nobody's later change reaches it, of changes that are
 * some. Fails with `bad-argument` before anything has changed. Lone surrogates become U+FFFD: they are no text.
 */
export function takeChanges(changes: readonly Change[]): Change[] {
  return changes.map((change) => {
    try {
      return takeChange(change)
    } catch (error) {
      throw new PalabreError('bad-argument', text('a change that is none', 'un changement qui n’en est pas un'), { cause: error })
    }
  })
}

function takeChange(change: Change): Change {
  switch (change.do) {
    case 'put':
      return { do: 'put', kind: oneOf(recordKinds, change.kind), key: string(change.key), value: bytes(change.value) }
    case 'remove':
      return { do: 'remove', kind: oneOf(recordKinds, change.kind), key: string(change.key) }
    case 'add':
      return { do: 'add', message: takeMessage(change.message) }
    case 'alter':
      return { do: 'alter', id: string(change.id), set: takeSet(change.set) }
    case 'erase':
      return { do: 'erase', id: string(change.id) }
    case 'enqueue':
      return { do: 'enqueue', row: takeRow(change.row) }
    case 'requeue':
      return { do: 'requeue', envelope: string(change.envelope), set: takeTries(change.set) }
    case 'dequeue':
      return { do: 'dequeue', envelope: string(change.envelope) }
    case 'see':
      return { do: 'see', envelope: string(change.envelope), proof: bytes(change.proof), at: number(change.at) }
    case 'forget-seen':
      return { do: 'forget-seen', before: number(change.before) }
    case 'clear':
      return { do: 'clear', conversation: string(change.conversation) }
    default:
      throw new TypeError(`unknown: ${String((change as { do: unknown }).do)}`)
  }
}

function takeMessage(given: NewMessage): NewMessage {
  const { replyTo, fuse, kind, state } = given
  return {
    id: string(given.id),
    conversation: string(given.conversation),
    author: string(given.author),
    mine: given.mine,
    kind: oneOf(messageKinds, kind),
    text: string(given.text),
    sentAt: number(given.sentAt),
    receivedAt: number(given.receivedAt),
    state: oneOf(states, state),
    ...(replyTo === undefined ? {} : { replyTo: string(replyTo) }),
    ...(fuse === undefined ? {} : { fuse: number(fuse) }),
  }
}

/** What must be there is not taken away by an `undefined`. */
function takeSet(given: MessageChange): MessageChange {
  const { text: words, state, reactions, why, ...numbers } = given
  for (const value of Object.values(numbers)) if (value !== undefined) number(value)
  return {
    ...numbers,
    ...('why' in given ? { why: why === undefined ? why : string(why) } : {}),
    ...(words === undefined ? {} : { text: string(words) }),
    ...(state === undefined ? {} : { state: oneOf(states, state) }),
    ...(reactions === undefined ? {} : { reactions: strings(reactions) }),
  }
}

function takeRow(given: OutboxRow): OutboxRow {
  const { message } = given
  return {
    envelope: string(given.envelope),
    conversation: string(given.conversation),
    ...(message === undefined ? {} : { message: string(message) }),
    sealed: bytes(given.sealed),
    proof: bytes(given.proof),
    queuedAt: number(given.queuedAt),
    attempts: number(given.attempts),
    nextTry: number(given.nextTry),
    storedAt: given.storedAt.map(string),
  }
}

function takeTries({ attempts, nextTry, storedAt }: Partial<Pick<OutboxRow, 'attempts' | 'nextTry' | 'storedAt'>>) {
  return {
    ...(attempts === undefined ? {} : { attempts: number(attempts) }),
    ...(nextTry === undefined ? {} : { nextTry: number(nextTry) }),
    ...(storedAt === undefined ? {} : { storedAt: storedAt.map(string) }),
  }
}

const recordKinds: Readonly<Record<RecordKind, true>> = {
  contact: true,
  invite: true,
  prekeys: true,
  session: true,
  draft: true,
  held: true,
  mailbox: true,
  kept: true,
  setting: true,
}
const messageKinds: Readonly<Record<NewMessage['kind'], true>> = { text: true, notice: true }
const states: Readonly<Record<MessageState, true>> = {
  queued: true,
  sent: true,
  stored: true,
  delivered: true,
  read: true,
  failed: true,
  received: true,
}

function oneOf<T extends string>(known: Readonly<Record<T, true>>, value: T): T {
  if (!Object.hasOwn(known, value)) throw new TypeError(`unknown: ${value}`)
  return value
}

function strings(given: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [string(key), string(value)]))
}

function string(value: string): string {
  if (typeof value !== 'string') throw new TypeError('not a string')
  return value.toWellFormed()
}

function number(value: number): number {
  if (!Number.isFinite(value)) throw new TypeError('not a number')
  return value
}

function bytes(value: Uint8Array): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new TypeError('not bytes')
  return new Uint8Array(value)
}
