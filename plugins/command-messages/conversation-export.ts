import type { Contact } from '@palabre/sdk/contract/contacts'
import type { StoredMessage } from '@palabre/sdk/contract/store'
import type { Lent } from './lent.ts'
import { noticeText } from './tell.ts'

const page = 500

/** Everything that was said, the oldest first. */
export async function exportConversation(
  { messenger, identity }: Lent,
  contact: Contact,
  format: 'markdown' | 'json',
): Promise<string> {
  const messages: StoredMessage[] = []
  for (let after = 0; ; after = messages.at(-1)!.place) {
    const next = await messenger.history(contact.id, { after, limit: page })
    messages.push(...next)
    if (next.length < page) break
  }
  if (format === 'json')
    return JSON.stringify({ with: { id: contact.id, name: contact.name }, me: identity.userId, messages }, undefined, 2)
  return markdown(contact, messages)
}

function markdown({ id, name }: Contact, messages: readonly StoredMessage[]): string {
  const days = Map.groupBy(messages, ({ sentAt }) => new Date(sentAt).toISOString().slice(0, 10))
  const parts = [...days].map(([day, those]) => `## ${day}\n\n${those.map((one) => paragraph(one, name)).join('\n\n')}`)
  return [`# ${escaped(name)}`, `\`${id}\``, ...parts].join('\n\n')
}

function paragraph(message: StoredMessage, name: string): string {
  const time = new Date(message.sentAt).toISOString().slice(11, 16)
  if (message.kind === 'notice') return `*${time} · ${noticeText(message.text).en}*`
  const who = message.mine ? 'me' : escaped(name)
  const said = message.deletedAt === undefined ? message.text : '*(deleted)*'
  const quoted = said
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n')
  const reactions = Object.values(message.reactions).join(' ')
  return `**${who}** ${time}${message.editedAt === undefined ? '' : ' (edited)'}${reactions === '' ? '' : ` ${reactions}`}\n${quoted}`
}

const escaped = (name: string) => name.replace(/[\\`*_[\]<>#]/g, (sign) => `\\${sign}`)
