import type { Language } from '@palabre/sdk'
import type { StoredMessage } from '@palabre/sdk/contract/store'
import { printable } from '../show.ts'
import { noticeText, stateSigns } from './words.ts'

/** A message as it stands in the conversation: a number to point at it, when, who, what. */
export function messageLine(message: StoredMessage, name: string, language: Language, { withState = false } = {}): string {
  const head = `#${message.place} ${clock(message.sentAt)}`
  if (message.kind === 'notice') return `${head} · ${noticeText(message.text)[language]}`
  const who = message.mine ? { en: 'me', fr: 'moi' }[language] : oneLine(name)
  const reply = message.replyTo === undefined ? '' : '↪ '
  const said = message.deletedAt === undefined ? inset(message.text) : { en: '(deleted)', fr: '(supprimé)' }[language]
  const marks = [
    message.editedAt === undefined || message.deletedAt !== undefined ? '' : { en: '(edited)', fr: '(modifié)' }[language],
    ...Object.values(message.reactions).map(oneLine),
    withState && message.mine ? `[${stateSigns[message.state][language]}]` : '',
  ].filter((mark) => mark !== '')
  return [`${head} ${who}: ${reply}${said}`, ...marks].join('  ')
}

/** Further lines stand to the right, so that nobody can write a line that seems to be somebody else's. */
export function inset(said: string): string {
  return printable(said).replaceAll('\t', '  ').replaceAll('\n', '\n      │ ')
}

/** Names and signs of others, in the middle of a line of ours. */
export function oneLine(said: string): string {
  return printable(said).replace(/[\t\n]/g, ' ')
}

function clock(at: number): string {
  const day = new Date(at)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(day.getHours())}:${two(day.getMinutes())}`
}
