import * as assert from 'uvu/assert'
import type { Change, NewMessage, OutboxRow, Store } from '../contract/store.ts'
import { isPalabreError, type Code } from '../error.ts'

/** 32 hexadecimal digits that depend on the number. */
export function idOf(n: number): string {
  return n.toString(16).padStart(32, '0')
}

export function bytes(...values: number[]): Uint8Array {
  return Uint8Array.from(values)
}

/** The nth message, from somebody else, in a conversation. */
export function message(n: number, set: Partial<NewMessage> = {}): NewMessage {
  return {
    id: idOf(n),
    conversation: 'alice',
    author: 'alice',
    mine: false,
    kind: 'text',
    text: `text ${n}`,
    sentAt: 1000 + n,
    receivedAt: 2000 + n,
    state: 'received',
    ...set,
  }
}

export function row(n: number, set: Partial<OutboxRow> = {}): OutboxRow {
  return {
    envelope: idOf(0xe000 + n),
    conversation: 'alice',
    sealed: bytes(1, n),
    proof: bytes(2, n),
    queuedAt: 3000 + n,
    attempts: 0,
    nextTry: 0,
    storedAt: [],
    ...set,
  }
}

export function add(n: number, set?: Partial<NewMessage>): Change {
  return { do: 'add', message: message(n, set) }
}

export async function placesAndTexts(store: Store, conversation: string): Promise<[number, string][]> {
  return (await store.messages(conversation, { limit: 500 })).map(({ place, text }) => [place, text])
}

export async function found(
  store: Store,
  words: string,
  options: { conversation?: string; limit?: number } = {},
): Promise<string[]> {
  return (await store.search(words, { limit: 500, ...options })).map(({ text }) => text)
}

export async function refused(work: Promise<unknown>, code: Code): Promise<void> {
  const outcome = await work.then(
    () => 'nothing was refused',
    (error: unknown) => (isPalabreError(error) ? error.code : error),
  )
  assert.is(outcome, code)
}
