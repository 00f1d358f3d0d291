import { PalabreError, text } from '@palabre/sdk'
import { reply } from '@palabre/sdk/contract/command'
import { exportConversation } from './conversation-export.ts'
import type { Lent } from './lent.ts'
import { calledNow, conversationsText, messageText, pendingText } from './tell.ts'

interface Whose {
  readonly peer: string
}

export function conversationCommands(lent: Lent) {
  const { messenger, contacts } = lent
  const find = async (peer: string) => contacts.find(peer)

  return {
    async history({ peer, limit, before, after }: Whose & { limit: number; before?: number; after?: number }) {
      const contact = await find(peer)
      const name = calledNow(contact)
      const messages = await messenger.history(contact.id, { limit, before, after })
      const lines = messages.map((message) => messageText(message, name))
      if (lines.length === 0) return reply([], text(`Nothing was said with ${name} yet.`, `Rien ne s’est encore dit avec ${name}.`))
      return reply(messages, text(lines.map(({ en }) => en).join('\n'), lines.map(({ fr }) => fr).join('\n')))
    },
    async search({ words, peer, limit }: { words: string; peer?: string; limit: number }) {
      const only = peer === undefined ? {} : { conversation: (await find(peer)).id }
      const found = await messenger.search(words, { ...only, limit })
      const names = new Map((await contacts.list()).map((contact) => [contact.id as string, calledNow(contact)]))
      const lines = found.map((message) => messageText(message, names.get(message.conversation) ?? message.conversation))
      if (lines.length === 0) return reply([], text(`Nothing was found for “${words}”.`, `Rien n’a été trouvé pour « ${words} ».`))
      return reply(found, text(lines.map(({ en }) => en).join('\n'), lines.map(({ fr }) => fr).join('\n')))
    },
    async outbox({ peer }: { peer?: string }) {
      const rows = await messenger.pending(peer === undefined ? undefined : (await find(peer)).id)
      return reply(rows, pendingText(rows, await contacts.list()))
    },
    async export({ peer, format }: Whose & { format: 'markdown' | 'json' }) {
      return reply(await exportConversation(lent, await find(peer), format))
    },
    async conversations() {
      const all = await messenger.conversations()
      return reply(all, conversationsText(all))
    },
    async read({ peer, upTo }: Whose & { upTo: string }) {
      await messenger.markRead((await find(peer)).id, upTo)
      return reply({ upTo }, text('Read up to there.', 'Lu jusque-là.'))
    },
    async typing({ peer }: Whose) {
      await messenger.typing((await find(peer)).id)
      return reply(null)
    },
    async fuse({ peer, seconds }: Whose & { seconds: number }) {
      const { id } = await find(peer)
      await messenger.setFuse(id, seconds === 0 ? undefined : seconds * 1000)
      return reply({ seconds }, seconds === 0 ? text('Messages stay.', 'Les messages restent.') : burnText(seconds))
    },
    async draft({ peer, text: said }: Whose & { text?: string }) {
      const { id } = await find(peer)
      if (said !== undefined) await messenger.setDraft(id, said)
      const draft = await messenger.draft(id)
      return reply({ draft }, text(draft, draft))
    },
    async receipts({ tell }: { tell?: 'on' | 'off' }) {
      if (tell !== undefined) await messenger.setReceipts(tell === 'on')
      const now = await messenger.receipts()
      return reply(
        { on: now },
        now
          ? text('Others see when you have read.', 'Les autres voient quand vous avez lu.')
          : text('Others do not see when you have read.', 'Les autres ne voient pas quand vous avez lu.'),
      )
    },
    async retry({ peer }: { peer?: string }) {
      await messenger.retry(peer === undefined ? undefined : (await find(peer)).id)
      return reply(null, text('Trying now.', 'Nouvel essai.'))
    },
    async clear({ peer, yes }: Whose & { yes: boolean }) {
      const { id, name } = await find(peer)
      if (!yes) throw unconfirmed(name)
      await messenger.clear(id)
      return reply(null, text(`What was said with ${name} is erased here.`, `Ce qui s’est dit avec ${name} est effacé ici.`))
    },
  }
}

const burnText = (seconds: number) =>
  text(
    `New messages disappear ${seconds} seconds after they were read, on both sides.`,
    `Les nouveaux messages disparaissent ${seconds} secondes après lecture, des deux côtés.`,
  )

function unconfirmed(name: string): PalabreError {
  return new PalabreError(
    'denied',
    text(`everything that was said with ${name} would be gone here`, `tout ce qui s’est dit avec ${name} serait perdu ici`),
    { todo: text('If that is what you want: --yes', 'Si c’est ce que vous voulez : --yes') },
  )
}
