import type { Change, NewMessage, StoredMessage } from '@palabre/sdk/contract/store'
import type { Sealer } from './sealer.ts'
import { messageOf, messageRow, outboxEntry, outboxRowOf } from './sealed-rows.ts'
import { hourOf, type Writing } from './tables.ts'

/** One change inside a transaction. It waits for the database and for nothing else. Returns the id of a message that was there. */
export async function applyChange(sealer: Sealer, writing: Writing, change: Change): Promise<string | undefined> {
  switch (change.do) {
    case 'put': {
      const code = sealer.code('record', change.kind, change.key)
      const row = {
        kind: sealer.code('kind', change.kind),
        sealedKey: sealer.sealJson(`key ${code}`, change.key),
        sealedValue: sealer.seal(`value ${code}`, change.value),
      }
      await writing.objectStore('records').put(row, code)
      return undefined
    }
    case 'remove':
      await writing.objectStore('records').delete(sealer.code('record', change.kind, change.key))
      return undefined
    case 'add':
      return add(sealer, writing, change.message)
    case 'alter':
      return alter(sealer, writing, change.id, change.set)
    case 'erase': {
      const messages = writing.objectStore('messages')
      const key = await messages.index('id').getKey(sealer.code('message', change.id))
      if (key !== undefined) await messages.delete(key)
      return undefined
    }
    case 'enqueue': {
      const [outbox, entry] = [writing.objectStore('outbox'), outboxEntry(sealer, change.row)]
      if ((await outbox.index('envelope').getKey(entry.envelope)) === undefined) await outbox.add(entry)
      return undefined
    }
    case 'requeue': {
      const cursor = await outboxAt(sealer, writing, change.envelope)
      if (cursor) await cursor.update(outboxEntry(sealer, { ...outboxRowOf(sealer, cursor.value), ...change.set }))
      return undefined
    }
    case 'dequeue':
      await (await outboxAt(sealer, writing, change.envelope))?.delete()
      return undefined
    case 'see': {
      const code = sealer.code('envelope', change.envelope)
      const row = {
        hour: hourOf(change.at),
        sealedAt: sealer.sealJson(`seen at ${code}`, change.at),
        sealedProof: sealer.seal(`seen ${code}`, change.proof),
      }
      await writing.objectStore('seen').put(row, code)
      return undefined
    }
    case 'forget-seen':
      return forgetSeen(sealer, writing, change.before)
    case 'clear':
      return clear(sealer, writing, change.conversation)
  }
}

async function add(sealer: Sealer, writing: Writing, message: NewMessage): Promise<string | undefined> {
  const messages = writing.objectStore('messages')
  if ((await messages.index('id').getKey(sealer.code('message', message.id))) !== undefined) return message.id
  const [conversations, code] = [writing.objectStore('conversations'), sealer.code('conversation', message.conversation)]
  const place = ((await conversations.get(code))?.lastPlace ?? 0) + 1
  await conversations.put({ lastPlace: place }, code)
  await messages.add(messageRow(sealer, { ...message, place, reactions: {} }))
  return undefined
}

async function alter(sealer: Sealer, writing: Writing, id: string, set: Partial<StoredMessage>): Promise<undefined> {
  const cursor = await writing.objectStore('messages').index('id').openCursor(sealer.code('message', id))
  // What was set to undefined goes, as it does in JSON.
  if (cursor) await cursor.update(messageRow(sealer, { ...messageOf(sealer, cursor.value), ...set }))
  return undefined
}

function outboxAt(sealer: Sealer, writing: Writing, envelope: string) {
  return writing.objectStore('outbox').index('envelope').openCursor(sealer.code('envelope', envelope))
}

async function forgetSeen(sealer: Sealer, writing: Writing, before: number): Promise<undefined> {
  const index = writing.objectStore('seen').index('hour')
  let cursor = await index.openCursor(IDBKeyRange.upperBound(hourOf(before)))
  while (cursor) {
    const at = sealer.openJson(`seen at ${cursor.primaryKey}`, cursor.value.sealedAt) as number
    if (at < before) await cursor.delete()
    cursor = await cursor.continue()
  }
  return undefined
}

async function clear(sealer: Sealer, writing: Writing, conversation: string): Promise<undefined> {
  const code = sealer.code('conversation', conversation)
  const messages = writing.objectStore('messages')
  for (const key of await messages.index('place').getAllKeys(IDBKeyRange.bound([code, 0], [code, Infinity])))
    await messages.delete(key)
  const outbox = writing.objectStore('outbox')
  for (const key of await outbox.index('conversation').getAllKeys(code)) await outbox.delete(key)
  await writing.objectStore('conversations').delete(code)
  await writing.objectStore('records').delete(sealer.code('record', 'draft', conversation))
  return undefined
}
