import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Face } from '@palabre/sdk/contract/face'
import { icon, lines } from './icons.ts'
import { rowView, type RowContext } from './message-row.ts'
import { rowsOf } from './rows.ts'
import type { Talk } from './talk.ts'
import type { TalkQuestion } from './talk-dialog.ts'
import { talkHead } from './talk-head.ts'
import { isTyping, words } from './words.ts'

interface TalkContext {
  readonly face: Face
  readonly talk: Talk
  readonly name: string
  readonly rows: RowContext
  /** The search while it is open. */
  readonly search: TemplateResult | typeof nothing
  /** A way to the end is offered. */
  readonly isAway: boolean
  toSearch(): void
  toEnd(): void
  ask(question: TalkQuestion): void
  scrolled(): void
  point(event: Event): void
  walk(event: KeyboardEvent): void
}

/** A conversation from its head to the field one writes in. */
export function talkView(context: TalkContext): TemplateResult {
  const { face, talk, name, ask } = context
  const { language } = face
  const { with: them, trouble } = talk.now
  return html`<section class="talk" aria-labelledby="name">
    ${talkHead({
      language,
      name,
      with: them,
      about: () => face.open('contacts', talk.peer),
      search: context.toSearch,
      fuse: () => ask('fuse'),
      clear: () => ask('clear'),
    })}
    ${context.search} ${trouble === undefined ? nothing : html`<p class="notice" role="alert">${trouble[language]}</p>`}
    <div
      class="log scroll"
      @scroll=${context.scrolled}
      @pointermove=${context.point}
      @focusin=${context.point}
      @keydown=${context.walk}
    >
      ${messages(context)}
    </div>
    <p class="typing" role="status">${talk.now.isTyping ? isTyping(name)[language] : nothing}</p>
    ${
      context.isAway
        ? html`<button class="button to-end" @click=${context.toEnd}>${icon(lines.down)}${words.toEnd[language]}</button>`
        : nothing
    }
    ${
      them?.blocked === true
        ? html`<p class="notice blocked">${words.blocked[language]}</p>`
        : html`<palabre-composer .face=${face} .talk=${talk} .name=${name}></palabre-composer>`
    }
    <palabre-talk-dialog .face=${face} .talk=${talk} .name=${name}></palabre-talk-dialog>
  </section>`
}

function messages({ face, talk, rows: context }: TalkContext): TemplateResult | typeof nothing {
  const { stretch, unreadFrom, isReady } = talk.now
  const rows = rowsOf(stretch.messages, unreadFrom)
  if (rows.length > 0)
    return html`<ol aria-label=${words.messages[face.language]}>
      ${repeat(
        rows,
        ({ key }) => key,
        (row) => rowView(row, context),
      )}
    </ol>`
  if (!isReady) return nothing
  return html`<div class="empty">
    <h2>${words.nothingSaid[face.language]}</h2>
    <p>${words.nothingSaidWhy[face.language]}</p>
  </div>`
}
