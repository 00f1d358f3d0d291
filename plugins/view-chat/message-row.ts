import { html, nothing, type TemplateResult } from 'lit'
import { guard } from 'lit/directives/guard.js'
import type { Language } from '@palabre/sdk'
import { failureText } from '@palabre/sdk/contract/failure-words'
import type { StoredMessage } from '@palabre/sdk/contract/store'
import { icon, lines, stateMark } from './icons.ts'
import { plainText } from './markdown.ts'
import { saidView } from './markdown-view.ts'
import type { RowMarks } from './row-marks.ts'
import type { Row } from './rows.ts'
import { canDo, keyOfAct, type MessageAct } from './message-acts.ts'
import { keyWords, noticeText, reactedBy, stateText, words } from './words.ts'

/** What a row is told besides its message, and what it can ask for. */
export interface RowContext extends RowMarks {
  readonly language: Language
  readonly name: string
  readonly replied: (id: string) => StoredMessage | undefined
  readonly whyWaiting: (id: string) => string | undefined
  readonly act: (what: MessageAct, message: StoredMessage, sign?: string) => void
  readonly follow: (link: string) => void
}

const signs = ['👍', '❤️', '😂', '😮', '😢', '🙏']

export function rowView(row: Row, context: RowContext): TemplateResult {
  const { language } = context
  switch (row.kind) {
    case 'day':
      return html`<li class="day"><span>${dayText(row.at, language)}</span></li>`
    case 'unread':
      return html`<li class="unread"><span>${words.unread[language]}</span></li>`
    case 'notice':
      return html`<li class="notice-row" data-message=${row.message.id}><span>${noticeText(row.message.text)[language]}</span></li>`
    case 'message':
      return html`${guard(whatItShows(row, context), () => messageView(row, context))}`
  }
}

/** As long as all of this is the same, a row stays as it was drawn: there are many, and one of them changes. */
function whatItShows({ message, isFirst, isLast }: Row & { kind: 'message' }, context: RowContext): unknown[] {
  const { id, replyTo } = message
  const { language, name, active, choosing, removing, found } = context
  const marks = [active, choosing, removing, found].map((one) => one === id)
  const about = [context.whyWaiting(id), replyTo === undefined ? undefined : context.replied(replyTo)]
  return [message, isFirst, isLast, language, name, ...marks, ...about]
}

function messageView({ message, isFirst, isLast }: Row & { kind: 'message' }, context: RowContext): TemplateResult {
  const { language, name } = context
  const { id, mine, sentAt, deletedAt } = message
  const who = mine ? words.me[language] : name
  const isActive = context.active === id
  return html`<li
    class="message ${mine ? 'mine' : 'theirs'} ${isFirst ? 'first' : ''} ${isLast ? 'last' : ''} ${context.found === id ? 'found' : ''}"
    data-message=${id}
    tabindex=${isActive ? 0 : -1}
    aria-label="${who}, ${timeText(sentAt, language)}"
  >
    <div class="bubble">
      <span class="unseen">${who}</span>
      ${message.replyTo === undefined ? nothing : quoted(message.replyTo, context)}
      <div class="said">
        ${deletedAt === undefined ? saidView(message.text, context.follow) : html`<p class="deleted">${words.deleted[language]}</p>`}
      </div>
      <p class="foot">
        ${message.editedAt === undefined || deletedAt !== undefined ? nothing : html`<span>${words.edited[language]}</span>`}
        <time datetime=${new Date(sentAt).toISOString()} title=${fullTime(sentAt, language)}>${timeText(sentAt, language)}</time>
        ${
          mine && message.state !== 'received'
            ? html`<span class="state ${message.state}"
                >${stateMark(message.state)}<span class="unseen">${stateText(message)[language]}</span></span
              >`
            : nothing
        }
      </p>
      ${reactions(message, context)} ${isActive && deletedAt === undefined ? toolbar(message, context) : nothing}
    </div>
    ${whyNot(message, context)}
  </li>`
}

/** Why a message of mine has not arrived, and what can be done now. */
function whyNot(message: StoredMessage, { language, whyWaiting, act }: RowContext): TemplateResult | typeof nothing {
  const why = message.state === 'failed' ? failureText(message.why)[language] : whyWaiting(message.id)
  if (!message.mine || why === undefined) return nothing
  const offers = (['again', 'forget', 'retry', 'withdraw'] as const).filter((one) => canDo(one, message))
  return html`<p class="why-not">
    <span>${why}</span>
    ${offers.map((one) => html`<button data-act=${one} @click=${() => act(one, message)}>${words[one][language]}</button>`)}
  </p>`
}

function quoted(id: string, { language, name, replied, act }: RowContext): TemplateResult {
  const message = replied(id)
  if (message === undefined) return html`<p class="quoted missing">${words.gone[language]}</p>`
  return html`<button class="quoted" tabindex="-1" @click=${() => act('jump', message)}>
    <strong>${message.mine ? words.me[language] : name}</strong>
    <span>${message.deletedAt === undefined ? plainText(message.text.slice(0, 400)).slice(0, 140) : words.deleted[language]}</span>
  </button>`
}

function reactions(message: StoredMessage, { language, name, act }: RowContext): TemplateResult | typeof nothing {
  const all = Object.entries(message.reactions)
  if (all.length === 0) return nothing
  const theirs = message.mine ? undefined : message.author
  const whoIs = (author: string) =>
    author === theirs || (message.mine && author === message.conversation) ? name : words.me[language]
  return html`<p class="reactions">
    ${all.map(([author, sign]) => {
      const mine = author !== message.conversation
      const label = reactedBy(sign, whoIs(author))[language]
      return mine
        ? html`<button title=${label} tabindex="-1" @click=${() => act('react', message, '')}>
            <span class="unseen">${label}</span><span aria-hidden="true">${sign}</span>
          </button>`
        : html`<span role="img" aria-label=${label} title=${label}>${sign}</span>`
    })}
  </p>`
}

function toolbar(message: StoredMessage, { language, act, choosing, removing }: RowContext): TemplateResult {
  const tool = (what: MessageAct, lineNames: keyof typeof lines, label: string, grave = false) =>
    html`<button
      class="tool ${grave ? 'grave' : ''}"
      data-act=${what}
      aria-label=${label}
      title=${keyOfAct[what] === undefined ? label : `${label} (${keyWords[keyOfAct[what]]?.[language] ?? keyOfAct[what]})`}
      aria-keyshortcuts=${keyOfAct[what] ?? nothing}
      @click=${() => act(what, message)}
    >
      ${icon(lines[lineNames])}
    </button>`
  return html`<div class="tools" role="toolbar" aria-label=${words.actions[language]}>
    ${
      choosing === message.id
        ? signs.map(
            (sign) =>
              html`<button class="tool sign" aria-label=${sign} @click=${() => act('react', message, sign)}>${sign}</button>`,
          )
        : nothing
    }
    ${tool('choose', 'smile', words.react[language])} ${tool('reply', 'reply', words.reply[language])}
    ${tool('copy', 'copy', words.copy[language])} ${canDo('edit', message) ? tool('edit', 'pencil', words.edit[language]) : nothing}
    ${canDo('remove', message) ? tool('remove', 'bin', (removing === message.id ? words.reallyRemove : words.remove)[language], removing === message.id) : nothing}
  </div>`
}

const timeText = (at: number, language: Language) => format(language, 'time').format(at)
const fullTime = (at: number, language: Language) => format(language, 'full').format(at)

function dayText(at: number, language: Language): string {
  const days = Math.round((startOfDay(Date.now()) - startOfDay(at)) / 86_400_000)
  if (days === 0 || days === 1) return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-days, 'day')
  return format(language, 'day').format(at)
}

const startOfDay = (at: number) => new Date(at).setHours(0, 0, 0, 0)

const styles = {
  time: { hour: 'numeric', minute: '2-digit' },
  day: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  full: { dateStyle: 'full', timeStyle: 'medium' },
} as const

/** Making one costs more than using it a hundred times. */
function format(language: Language, kind: keyof typeof styles): Intl.DateTimeFormat {
  const key = `${language}-${kind}`
  const made = formats.get(key) ?? new Intl.DateTimeFormat(language, styles[kind])
  formats.set(key, made)
  return made
}

const formats = new Map<string, Intl.DateTimeFormat>()
