import { html, LitElement, nothing, svg, type PropertyDeclarations, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Language } from '@palabre/sdk'
import { wearFace, type Face } from '@palabre/sdk/contract/face'
import type { Conversation, Reachability } from '@palabre/sdk/contract/messenger'
import type { ConversationList } from './follow-conversations.ts'
import { lastWords } from './last-words.ts'
import { listStyle } from './list-style.ts'
import { presence, unreadCount, words } from './words.ts'

export const listTag = 'palabre-conversations'

export function defineConversations(): void {
  if (customElements.get(listTag) === undefined) customElements.define(listTag, ConversationsList)
}

class ConversationsList extends LitElement {
  static override styles = listStyle
  static override properties: PropertyDeclarations = { face: { attribute: false }, sought: { state: true } }

  declare face: Face
  declare list: ConversationList
  declare sought: string

  constructor() {
    super()
    this.sought = ''
    wearFace(this, () => [this.list])
  }

  takeFocus(): boolean {
    const first = this.renderRoot.querySelector<HTMLElement>('.row[aria-current], .row, .field, .button')
    first?.focus()
    return first !== null
  }

  override render(): TemplateResult {
    const { language } = this.face
    const { all, isReady, trouble } = this.list.now
    return html`<section aria-labelledby="title">
      <header>
        <h2 id="title">${words.title[language]}</h2>
        <button
          class="button quiet only-icon"
          aria-label=${words.invite[language]}
          title=${words.invite[language]}
          @click=${() => this.face.open('contacts', 'invite')}
        >
          <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 5v14M5 12h14" /></svg>
        </button>
      </header>
      ${all.length > 4 || this.sought !== '' ? this.#filter() : nothing}
      ${trouble === undefined ? nothing : html`<p class="notice small" role="alert">${trouble[language]}</p>`}
      ${isReady && all.length === 0 ? this.#nobody() : this.#rows()}
    </section>`
  }

  #filter(): TemplateResult {
    const { language } = this.face
    return html`<div class="filter">
      <input
        class="field"
        type="search"
        autocomplete="off"
        aria-label=${words.filter[language]}
        placeholder=${words.filter[language]}
        .value=${this.sought}
        @input=${(event: Event) => (this.sought = (event.target as HTMLInputElement).value)}
      />
    </div>`
  }

  #nobody(): TemplateResult {
    const { language } = this.face
    return html`<div class="empty">
      <h2>${words.empty[language]}</h2>
      <p>${words.emptyWhy[language]}</p>
      <button class="button primary" @click=${() => this.face.open('contacts', 'invite')}>${words.invite[language]}</button>
    </div>`
  }

  #rows(): TemplateResult {
    const { language } = this.face
    const shown = this.sought.trim() === '' ? this.list.now.all : this.list.find(this.sought)
    if (shown.length === 0 && this.sought !== '') return html`<p class="none muted">${words.nothingMatches[language]}</p>`
    return html`<ul class="rows scroll" @keydown=${this.#walk}>
      ${repeat(
        shown,
        ({ conversation }) => conversation,
        (one) => html`<li>${this.#row(one)}</li>`,
      )}
    </ul>`
  }

  #row(one: Conversation): TemplateResult {
    const { language, at } = this.face
    const { conversation, name, unread, last } = one
    return html`<button
      class="row"
      data-conversation=${conversation}
      aria-current=${at.subject === conversation ? 'true' : nothing}
      @click=${() => this.face.open('chat', conversation)}
    >
      <span class="portrait" data-hue=${hueOf(conversation)} aria-hidden="true"
        >${initialOf(name)}${presenceMark(one.reachability)}</span
      >
      <span class="unseen">${presence(one.reachability)[language]}. </span>
      <span class="name">${name}</span>
      ${last === undefined ? nothing : html`<time>${when(last.sentAt, language)}</time>`}
      <span class="last">${lastWords(one, language)}</span>
      ${unread > 0 ? html`<span class="badge"><span aria-hidden="true">${unread > 99 ? '99+' : unread}</span><span class="unseen">${unreadCount(unread)[language]}</span></span>` : nothing}
    </button>`
  }

  readonly #walk = (event: KeyboardEvent) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (step === undefined || event.altKey) return
    const all = [...this.renderRoot.querySelectorAll<HTMLElement>('.row')]
    const next = all[all.indexOf(event.target as HTMLElement) + step]
    if (next === undefined) return
    event.preventDefault()
    next.focus()
  }
}

/** A shape for each way to be reached, so that no colour is needed to tell them apart. */
function presenceMark({ state, path }: Reachability): TemplateResult {
  const kind = state === 'up' ? (path?.kind === 'relayed' || path?.kind === 'tor' ? 'relayed' : 'direct') : state
  const shape = {
    direct: svg`<circle cx="6" cy="6" r="4.5" class="full" />`,
    relayed: svg`<path d="M6 1.5 10.5 6 6 10.5 1.5 6Z" class="full" />`,
    trying: svg`<circle cx="6" cy="6" r="3.75" class="line" stroke-dasharray="4 2.5" />`,
    mailbox: svg`<path d="M1.500 3h9v6.500h-9z" class="full" />`,
    waiting: svg`<circle cx="6" cy="6" r="3.75" class="line" />`,
    offline: svg`<path d="M3 3l6 6M9 3 3 9" class="line" />`,
  }[kind]
  return html`<svg class="presence ${kind}" viewBox="0 0 12 12">${shape}</svg>`
}

const initialOf = (name: string) =>
  name
    .trim()
    .match(/\p{L}|\p{N}|\S/u)?.[0]
    .toUpperCase() ?? '?'

/** One of six, always the same for the same person. */
function hueOf(id: string): number {
  return Array.from(id).reduce((sum, sign) => (sum * 31 + sign.codePointAt(0)!) % 6_000, 7) % 6
}

function when(at: number, language: Language): string {
  const isToday = new Date(at).toDateString() === new Date().toDateString()
  return new Intl.DateTimeFormat(
    language,
    isToday ? { hour: 'numeric', minute: '2-digit' } : { day: 'numeric', month: 'short' },
  ).format(at)
}
