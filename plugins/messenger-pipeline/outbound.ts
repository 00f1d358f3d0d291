import { toHex } from '@palabre/sdk'
import type { Contact } from '@palabre/sdk/contract/contacts'
import type { UserId } from '@palabre/sdk/contract/identity'
import type { Draft } from '@palabre/sdk/contract/messenger'
import type { NewMessage, StoredMessage } from '@palabre/sdk/contract/store'
import { isId, isText } from './content.ts'
import { fuseOf } from './conversation-settings.ts'
import { faults } from './faults.ts'
import { greet, tellCard } from './greeting.ts'
import { limits } from './limits.ts'
import { repair } from './repair.ts'
import { say, textOf } from './saying.ts'
import type { Core } from './stations.ts'

/** out: draft → filter → seal → (store + outbox, one transaction) → route */
export async function send(core: Core, to: UserId, draft: Draft): Promise<StoredMessage> {
  const person = await mayWrite(core, to)
  check(draft, core)
  const reason = await core.filter(draft, to)
  if (reason !== undefined) throw faults.refused(reason)
  const message = await written(core, to, draft)
  await core.lane(to).run(async (state, batch) => {
    if (draft.id !== undefined && (await batch.message(message.id)) !== undefined) return { value: undefined }
    batch.push({ do: 'add', message })
    return say(core, person, state, batch, textOf(message), message.id)
  })
  core.tell({ kind: 'conversation', conversation: to })
  const kept = (await core.store.message(message.id))!
  core.tell({ kind: 'message', message: kept })
  return kept
}

export async function mayWrite(core: Core, to: UserId): Promise<Contact> {
  const person = await core.contacts.get(to)
  if (person === undefined) throw faults.nobody(to)
  if (person.blocked) throw faults.blocked(person.name)
  if (person.suspect !== undefined) throw faults.suspect(person.name)
  core.suiteCalled(person.suite)
  if (person.waiting) {
    await greet(core, person)
    // They may have been greeted before all roads were there.
    await tellCard(core, person)
  } else if (!(await core.lane(to).hasSession())) await repair(core, person)
  return person
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
