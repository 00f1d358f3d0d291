import { toHex } from '@palabre/sdk'
import type { Contact } from '@palabre/sdk/contract/contacts'
import type { UserId } from '@palabre/sdk/contract/identity'
import type { Draft } from '@palabre/sdk/contract/messenger'
import type { Change, NewMessage, StoredMessage } from '@palabre/sdk/contract/store'
import type { Batch } from './batch.ts'
import { encodeContent, isId, isText, type Content } from './content.ts'
import type { Core } from './core.ts'
import { fuseOf } from './conversation-settings.ts'
import { faults } from './faults.ts'
import { limits } from './limits.ts'
import type { PeerState } from './peer-state.ts'
import type { SealedRow } from './sealing.ts'

/** out: draft → filter → seal → (store + outbox, one transaction) → route */
export async function send(core: Core, to: UserId, draft: Draft): Promise<StoredMessage> {
  const person = await mayWrite(core, to)
  check(draft, core)
  const reason = await core.filter(draft, to)
  if (reason !== undefined) throw faults.refused(reason)
  const message = await written(core, to, draft)
  await core.lane(to).run(async (state, batch) => {
    if ((await batch.message(message.id)) !== undefined) return { value: undefined }
    batch.push({ do: 'add', message })
    return say(core, person, state, batch, textOf(message), message.id)
  })
  core.tell({ kind: 'conversation', conversation: to })
  await core.tellMessage('message', message.id)
  return (await core.store.message(message.id))!
}

/** Puts a content into the outbox; resolves when it is kept there. What `also` pushes is committed with it. */
export async function sendContent(core: Core, person: Contact, content: Content, also: readonly Change[] = []): Promise<void> {
  await core.lane(person.id).run((state, batch) => {
    batch.push(...also)
    return say(core, person, state, batch, content)
  })
}

/** Seals, and pushes rows and the plaintext that a repair would need, as one step of a lane. */
export function say(
  core: Core,
  person: Contact,
  state: PeerState | undefined,
  batch: Batch,
  content: Content,
  message?: string,
): { readonly state: PeerState; readonly value: undefined; done(): void } {
  if (state === undefined) throw faults.noSession(person.name)
  const bytes = encodeContent(content)
  const sealed = core.seal(state, bytes, { conversation: person.id, message, ordered: true })
  batch.push(...sealed.rows.map((row): Change => ({ do: 'enqueue', row })))
  if (message === undefined) batch.push(unsealed(sealed.rows, bytes))
  return {
    state: sealed.state,
    value: undefined,
    done: () => queued(core, person.id, sealed.rows),
  }
}

/** What no message row holds is kept beside the outbox, so that a session that was lost can be made good. */
export function unsealed(rows: readonly SealedRow[], content: Uint8Array): Change {
  return { do: 'put', kind: 'held', key: `out/${rows[0]!.envelope}`, value: content }
}

export function queued(core: Core, contact: string, rows: readonly SealedRow[]): void {
  core.outbox.add(rows)
  core.delivery.wake(contact)
}

export async function mayWrite(core: Core, to: UserId): Promise<Contact> {
  const person = await core.contacts.get(to)
  if (person === undefined) throw faults.nobody(to)
  if (person.blocked) throw faults.blocked(person.name)
  if (person.suspect !== undefined) throw faults.suspect(person.name)
  core.suiteCalled(person.suite)
  return person
}

export function textOf(message: Pick<NewMessage, 'id' | 'text' | 'sentAt' | 'replyTo' | 'fuse'>): Content {
  const { id, text, sentAt, replyTo, fuse } = message
  return { kind: 'text', id, text, at: sentAt, replyTo, fuse }
}

function check({ text, id, replyTo }: Draft, core: Core): void {
  if (text.trim() === '') throw faults.empty()
  if (!text.isWellFormed()) throw faults.notText()
  if (!isText(text)) throw faults.tooLong(limits.text)
  if (id !== undefined && !isId(id)) throw faults.noMessage(id)
  if (replyTo !== undefined && !isId(replyTo)) throw faults.noMessage(replyTo)
  if (core.outbox.size >= limits.outboxRows) throw faults.full(limits.outboxRows)
}

async function written(core: Core, to: UserId, draft: Draft): Promise<NewMessage> {
  const now = core.clock.now()
  return {
    id: draft.id ?? toHex(core.primitives.randomBytes(16)),
    conversation: to,
    author: core.identity.userId,
    mine: true,
    kind: 'text',
    text: draft.text,
    sentAt: now,
    receivedAt: now,
    state: 'queued',
    replyTo: draft.replyTo,
    fuse: await fuseOf(core.store, to),
  }
}
