import { Store, type Change, type NewMessage, type OutboxRow } from '@palabre/sdk/contract/store'
import { startTestHost } from '@palabre/sdk/testkit'

/** A real store in memory whose commits are counted and can be made to fail. */
export async function openCountedStore() {
  const host = await startTestHost({ plugins: [new URL('../store-memory', import.meta.url).pathname], lend: { store: Store } })
  const inner = host.lent.store
  const commits: (readonly Change[])[] = []
  const state = { isFull: false }
  const store: Store = {
    ...inner,
    async commit(changes) {
      if (state.isFull) throw new Error('the disk is full')
      commits.push(changes)
      return inner.commit(changes)
    },
  }
  return { store, commits, state, [Symbol.asyncDispose]: () => host.stop() }
}

export const messageOf = (id: string, more: Partial<NewMessage> = {}): NewMessage => ({
  id,
  conversation: 'bob',
  author: 'me',
  mine: true,
  kind: 'text',
  text: id,
  sentAt: 1,
  receivedAt: 1,
  state: 'queued',
  ...more,
})

export const rowOf = (envelope: string, message?: string): OutboxRow => ({
  envelope,
  conversation: 'bob',
  message,
  sealed: new Uint8Array(1),
  proof: new Uint8Array(16),
  queuedAt: 1,
  attempts: 0,
  nextTry: 1,
  storedAt: [],
})
