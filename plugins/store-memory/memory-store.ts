import { PalabreError, text } from '@palabre/sdk'
import type { Store, StoredMessage } from '@palabre/sdk/contract/store'
import { takeChanges } from '@palabre/sdk/contract/store-changes'
import { wordsOf } from '@palabre/sdk/contract/words'
import { applyAll, createTables, type MemoryTables } from './memory-tables.ts'

const longestPage = 500

/** A commit is done before it is waited for, so that commits are in order by themselves. Afterwards, `close` forgets everything. */
export function createMemoryStore(given: MemoryTables = createTables()): Store & { close(): void } {
  let tables: MemoryTables | undefined = given
  const open = () => tables ?? closed()
  const all = () => [...open().messages.values()]

  return {
    async commit(changes) {
      const held = open()
      return { known: applyAll(held, takeChanges(changes)) }
    },
    record: async (kind, key) => copied(open().records.get(kind)?.get(key)),
    async records(kind) {
      const found = [...(open().records.get(kind) ?? [])].map(([key, value]) => ({ key, value: value.slice() }))
      return found.toSorted((a, b) => (a.key < b.key ? -1 : 1))
    },
    message: async (id) => structuredClone(open().messages.get(id)),
    async messages(conversation, { limit, before = Infinity, after }) {
      const fits = all().filter((one) => one.conversation === conversation && one.place < before && one.place > (after ?? 0))
      const count = atMost(limit)
      return structuredClone(after === undefined ? fits.slice(Math.max(0, fits.length - count)) : fits.slice(0, count))
    },
    async conversations() {
      const newestFirst = Map.groupBy(all().toReversed(), ({ conversation }) => conversation)
      return [...newestFirst].map(([conversation, [last, ...others]]) => ({
        conversation,
        last: structuredClone(last!),
        unread: [last!, ...others].filter(isUnread).length,
      }))
    },
    async search(wanted, { conversation, limit }) {
      const holds = matcherOf(wanted)
      const searched = all().filter((one) => one.kind === 'text' && one.conversation === (conversation ?? one.conversation))
      return structuredClone(searched.filter(holds).toReversed().slice(0, atMost(limit)))
    },
    async expired(now, limit) {
      const over = all().filter(({ expiresAt = Infinity }) => expiresAt <= now)
      return structuredClone(over.toSorted((a, b) => a.expiresAt! - b.expiresAt!).slice(0, atMost(limit)))
    },
    async outbox({ conversation } = {}) {
      return structuredClone([...open().outbox.values()].filter((row) => row.conversation === (conversation ?? row.conversation)))
    },
    seen: async (envelope) => copied(open().seen.get(envelope)?.proof),
    size: async () => undefined,
    close() {
      tables = undefined
    },
  }
}

function matcherOf(wanted: string): (message: StoredMessage) => boolean {
  const whole = wordsOf(wanted)
  const beginning = whole.pop()
  if (beginning === undefined) return () => false
  return ({ text: searched }) => {
    const held = wordsOf(searched)
    return whole.every((one) => held.includes(one)) && held.some((one) => one.startsWith(beginning))
  }
}

function isUnread({ kind, mine, state }: StoredMessage): boolean {
  return kind === 'text' && !mine && state === 'received'
}

function atMost(limit: number): number {
  return Math.max(0, Math.min(limit, longestPage))
}

function copied(bytes: Uint8Array | undefined): Uint8Array | undefined {
  return bytes?.slice()
}

function closed(): never {
  throw new PalabreError('closed', text('the store is closed', 'le stockage est fermé'))
}
