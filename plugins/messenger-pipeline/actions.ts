import type { UserId } from '@palabre/sdk/contract/identity'
import type { Messenger } from '@palabre/sdk/contract/messenger'
import type { Change, MessageChange, StoredMessage } from '@palabre/sdk/contract/store'
import { utf8 } from '@palabre/sdk'
import type { Known } from './batch.ts'
import { isFuse, isReaction, isText, withReaction, type Content } from './content.ts'
import { settingFuse, settingReceipts, tellsReading } from './conversation-settings.ts'
import type { Core } from './stations.ts'
import { faults } from './faults.ts'
import { limits } from './limits.ts'
import { sayLightly } from './light-word.ts'
import { notice } from './notices.ts'
import { mayWrite, send } from './outbound.ts'
import type { QueuedRows } from './queued-rows.ts'
import { takenBack } from './resealing.ts'
import { say, sendContent } from './saying.ts'
import { freshEpoch } from './sealing.ts'
import { messagesUpTo } from './up-to.ts'
import { takeBack } from './upkeep.ts'

type Actions = Pick<
  Messenger,
  | 'send'
  | 'edit'
  | 'deleteForAll'
  | 'react'
  | 'typing'
  | 'markRead'
  | 'setFuse'
  | 'setDraft'
  | 'setReceipts'
  | 'retry'
  | 'withdraw'
  | 'forget'
  | 'clear'
>

const rowsOf = (message: string) => (outbox: QueuedRows) => outbox.ofMessage(message).map((envelope) => outbox.row(envelope)!)

/** What the person does. */
export function createActions(core: Core): Actions {
  const { store, clock } = core
  const typedLately = new Map<string, number>()

  const mine = async (id: string): Promise<StoredMessage> => {
    const message = await store.message(id)
    if (message === undefined) throw faults.noMessage(id)
    if (!message.mine || message.kind !== 'text') throw faults.notMine()
    if (message.deletedAt !== undefined) throw faults.gone()
    return message
  }

  /** Changes it here and tells the other side, in one transaction: as it is by then, which may be deleted. */
  const change = async ({ id, conversation }: StoredMessage, content: Content, setOf: (now: Known) => MessageChange) => {
    const person = await mayWrite(core, conversation as UserId)
    await core.lane(conversation).run(async (state, batch) => {
      const now = await batch.message(id)
      if (now === undefined || now.deletedAt !== undefined) throw faults.gone()
      batch.push({ do: 'alter', id, set: setOf(now) })
      return say(core, person, state, batch, content)
    })
    await core.tellMessage('changed', id)
    return (await store.message(id))!
  }

  return {
    send: (to, draft) => send(core, to, draft),
    async edit(id, text) {
      const message = await mine(id)
      if (text.trim() === '') throw faults.empty()
      if (!isText(text)) throw faults.tooLong(limits.text)
      const at = clock.now()
      return change(message, { kind: 'edit', id, text, at }, () => ({ text, editedAt: at }))
    },
    async deleteForAll(id) {
      const message = await mine(id)
      const at = clock.now()
      return change(message, { kind: 'delete', id, at }, () => ({ text: '', deletedAt: at, reactions: {} }))
    },
    async react(id, reaction) {
      const message = await store.message(id)
      if (message === undefined) throw faults.noMessage(id)
      if (message.deletedAt !== undefined) throw faults.gone()
      if (reaction !== undefined && !isReaction(reaction)) throw faults.badReaction()
      return change(message, { kind: 'react', id, reaction }, ({ reactions }) => {
        return { reactions: withReaction(reactions, core.identity.userId, reaction) }
      })
    },
    async typing(to) {
      const person = await mayWrite(core, to)
      const now = clock.monotonic()
      const isUp = core.delivery.reachability(person).state === 'up'
      if (!isUp || now - (typedLately.get(to) ?? Number.NEGATIVE_INFINITY) < limits.typingPause) return
      typedLately.set(to, now)
      await sayLightly(core, person, { kind: 'typing' })
    },
    async markRead(to, upTo) {
      const last = await store.message(upTo)
      if (last === undefined || last.conversation !== to) throw faults.noMessage(upTo)
      const fresh = await messagesUpTo(store, last, ({ mine, state }) => !mine && state === 'received')
      if (fresh.length === 0) return
      const now = clock.now()
      await store.commit(
        fresh.map(({ id, fuse }): Change => {
          const burns = fuse === undefined ? {} : { expiresAt: now + fuse }
          return { do: 'alter', id, set: { state: 'read', readAt: now, ...burns } }
        }),
      )
      core.tell({ kind: 'conversation', conversation: to })
      for (const { id } of fresh) void core.tellMessage('changed', id)
      const person = await core.contacts.get(to)
      if (person === undefined || person.blocked || person.suspect !== undefined || !(await tellsReading(store))) return
      await sendContent(core, person, { kind: 'read', upTo: fresh.at(-1)!.id })
    },
    async setFuse(to, fuse) {
      const person = await mayWrite(core, to)
      if (fuse !== undefined && !isFuse(fuse)) throw faults.badFuse()
      const told = notice(core, person, fuse === undefined ? 'fuse-off-by-me' : `fuse-on-by-me/${fuse}`)
      await sendContent(core, person, { kind: 'fuse', fuse }, [settingFuse(to, fuse), { do: 'add', message: told }])
      await core.tellMessage('message', told.id)
    },
    async setDraft(to, text) {
      if (text.length > limits.draft) throw faults.tooLong(limits.draft)
      const put: Change = { do: 'put', kind: 'draft', key: to, value: utf8.encode(text) }
      await store.commit([text === '' ? { do: 'remove', kind: 'draft', key: to } : put])
      core.tell({ kind: 'conversation', conversation: to })
    },
    setReceipts: (on) => store.commit([settingReceipts(on)]).then(() => undefined),
    async retry(to) {
      for (const contact of to === undefined ? core.outbox.contacts() : [to]) core.delivery.tryAnew(contact)
    },
    async withdraw(id) {
      const message = await mine(id)
      if (core.outbox.ofMessage(id).length === 0) throw message.why === 'withdrawn' ? faults.takenBack() : faults.notWaiting()
      await takeBack(core, message.conversation, rowsOf(id), 'withdrawn')
      return (await store.message(id))!
    },
    async forget(id) {
      const message = await store.message(id)
      if (message === undefined) throw faults.noMessage(id)
      await takeBack(core, message.conversation, rowsOf(id), 'withdrawn')
      await store.commit([{ do: 'erase', id }])
      core.tell({ kind: 'erased', conversation: message.conversation, id })
    },
    async clear(to) {
      await core.lane(to).run((state, batch) => {
        const waiting = batch.outbox.rows(to)
        batch.push({ do: 'clear', conversation: to }, ...waiting.flatMap(({ envelope }) => takenBack(envelope)))
        const done = () => waiting.forEach(({ envelope }) => core.outbox.remove(envelope))
        return { state: state && { ...state, epoch: freshEpoch(core, state), next: 0 }, value: undefined, done }
      })
      core.tell({ kind: 'conversation', conversation: to })
    },
  }
}
