import { fromBase64Url } from '@palabre/sdk'
import type { Contact } from '@palabre/sdk/contract/contacts'
import type { Change, NewMessage, StoredMessage } from '@palabre/sdk/contract/store'
import type { Batch } from './batch.ts'
import { withReaction, type Card, type Content, type TextContent } from './content.ts'
import { settingFuse } from './conversation-settings.ts'
import type { Core } from './stations.ts'
import { limits } from './limits.ts'
import { notice } from './notices.ts'
import { messagesUpTo } from './up-to.ts'

/** Runs once what was applied is committed. */
export type Applied = () => void

const nothing: Applied = () => undefined

/** What a content of theirs means for what we keep. Only the author of something can change it. */
export async function applyContent(core: Core, contact: Contact, batch: Batch, content: Content): Promise<Applied> {
  switch (content.kind) {
    case 'text':
      return addText(core, contact, batch, content)
    case 'edit':
      return alterTheirs(core, contact, batch, content.id, { text: content.text, editedAt: sane(core, content.at) })
    case 'delete':
      return alterTheirs(core, contact, batch, content.id, { text: '', deletedAt: sane(core, content.at), reactions: {} })
    case 'react':
      return react(core, contact, batch, content.id, content.reaction)
    case 'read':
      return markRead(core, contact, batch, content.upTo)
    case 'typing':
      return () => core.tell({ kind: 'typing', conversation: contact.id })
    case 'fuse':
      return setFuse(core, contact, batch, content.fuse)
    case 'hello':
    case 'card':
      return () => learn(core, contact, content.card)
  }
}

async function addText(core: Core, contact: Contact, batch: Batch, { id, text, at, replyTo, fuse }: TextContent): Promise<Applied> {
  if ((await batch.message(id)) !== undefined) return nothing
  const receivedAt = core.clock.now()
  const message: NewMessage = {
    id,
    conversation: contact.id,
    author: contact.id,
    mine: false,
    kind: 'text',
    text,
    sentAt: sane(core, at),
    receivedAt,
    state: 'received',
    replyTo,
    fuse,
  }
  batch.push({ do: 'add', message })
  return () => void core.tellMessage('message', id)
}

async function alterTheirs(
  core: Core,
  contact: Contact,
  batch: Batch,
  id: string,
  set: Extract<Change, { do: 'alter' }>['set'],
): Promise<Applied> {
  const message = await batch.message(id)
  if (message === undefined || message.mine || message.conversation !== contact.id || message.deletedAt !== undefined)
    return nothing
  batch.push({ do: 'alter', id, set })
  return () => void core.tellMessage('changed', id)
}

async function react(core: Core, contact: Contact, batch: Batch, id: string, reaction: string | undefined): Promise<Applied> {
  const message = await batch.message(id)
  if (message === undefined || message.conversation !== contact.id || message.deletedAt !== undefined) return nothing
  batch.push({ do: 'alter', id, set: { reactions: withReaction(message.reactions, contact.id, reaction) } })
  return () => void core.tellMessage('changed', id)
}

/** Everything of mine up to this one. */
async function markRead(core: Core, contact: Contact, batch: Batch, upTo: string): Promise<Applied> {
  const last = await core.store.message(upTo)
  if (last === undefined || !last.mine || last.conversation !== contact.id) return nothing
  const isFresh = ({ mine, kind, state }: StoredMessage) => mine && kind === 'text' && state !== 'read' && state !== 'failed'
  const fresh = await messagesUpTo(core.store, last, isFresh)
  batch.push(...fresh.map(({ id }): Change => ({ do: 'alter', id, set: { state: 'read', readAt: core.clock.now() } })))
  return () => fresh.forEach(({ id }) => void core.tellMessage('changed', id))
}

async function setFuse(core: Core, contact: Contact, batch: Batch, fuse: number | undefined): Promise<Applied> {
  const told = notice(core, contact, fuse === undefined ? 'fuse-off-by-them' : `fuse-on-by-them/${fuse}`)
  batch.push(settingFuse(contact.id, fuse), { do: 'add', message: told })
  return () => void core.tellMessage('message', told.id)
}

function learn(core: Core, contact: Contact, { name, hints, offer }: Card): void {
  void core.contacts.learn(contact.id, { name, hints, offer: fromBase64Url(offer), answered: true }).then(
    () => core.delivery.wake(contact.id),
    () => undefined,
  )
}

/** An author's clock may be wrong: nobody writes from the future. */
const sane = (core: Core, at: number) => (at > core.clock.now() + limits.clockSkew ? core.clock.now() : at)
