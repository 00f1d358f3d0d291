import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import { textOf, type Text } from '@palabre/sdk'
import { wearFace, type Face } from '@palabre/sdk/contract/face'
import type { StoredMessage } from '@palabre/sdk/contract/store'
import { composerStyle } from './composer-style.ts'
import { icon, lines } from './icons.ts'
import type { Talk } from './talk.ts'
import { replyingTo, words, writeTo } from './words.ts'

export const composerTag = 'palabre-composer'

export function defineComposer(): void {
  if (customElements.get(composerTag) === undefined) customElements.define(composerTag, ComposerElement)
}

interface About {
  readonly kind: 'reply' | 'edit'
  readonly message: StoredMessage
}

/** Where a message is written. What was begun is kept, and comes back with the conversation. */
export class ComposerElement extends LitElement {
  static override styles = composerStyle
  static override properties: PropertyDeclarations = {
    face: { attribute: false },
    talk: { attribute: false },
    name: { attribute: false },
    about: { state: true },
    trouble: { state: true },
    isEmpty: { state: true },
  }

  declare face: Face
  declare talk: Talk
  declare name: string
  declare about: About | undefined
  declare trouble: Text | undefined
  declare isEmpty: boolean

  #of: Talk | undefined

  constructor() {
    super()
    this.isEmpty = true
    wearFace(this)
  }

  takeFocus(): boolean {
    void this.updateComplete.then(() => this.#area?.focus())
    return true
  }

  reply(message: StoredMessage): void {
    this.about = { kind: 'reply', message }
    this.takeFocus()
  }

  change(message: StoredMessage): void {
    this.about = { kind: 'edit', message }
    this.#write(message.text)
    this.takeFocus()
  }

  get #area(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea')
  }

  override render(): TemplateResult {
    const { language } = this.face
    const label = writeTo(this.name)[language]
    return html`<form
      @submit=${(event: Event) => {
        event.preventDefault()
        void this.#submit()
      }}
    >
      ${this.#aboutLine()}
      ${this.trouble === undefined ? nothing : html`<p class="trouble" role="alert">${this.trouble[language]}</p>`}
      <div class="line">
        <textarea
          rows="1"
          maxlength="65536"
          aria-label=${label}
          placeholder=${label}
          spellcheck="true"
          @input=${this.#typed}
          @keydown=${this.#pressed}
        ></textarea>
        <button
          class="send"
          type="submit"
          aria-label=${words.send[language]}
          title=${words.send[language]}
          ?disabled=${this.isEmpty}
        >
          ${icon(lines.send)}
        </button>
      </div>
    </form>`
  }

  #aboutLine(): TemplateResult | typeof nothing {
    if (this.about === undefined) return nothing
    const { language } = this.face
    const { kind, message } = this.about
    const title = kind === 'edit' ? words.edit : replyingTo(message.mine ? words.me[language] : this.name)
    return html`<div class="about">
      <p><strong>${title[language]}</strong> <span>${message.text.slice(0, 160)}</span></p>
      <button class="button quiet only-icon" type="button" aria-label=${words.cancel[language]} @click=${this.#cancel}>
        ${icon(lines.close)}
      </button>
    </div>`
  }

  readonly #cancel = () => {
    const wasEdit = this.about?.kind === 'edit'
    this.about = undefined
    if (wasEdit) this.#write('')
    this.takeFocus()
  }

  readonly #typed = () => {
    const said = this.#area?.value ?? ''
    this.#measure()
    this.trouble = undefined
    if (this.about?.kind === 'edit') return
    this.talk.keepDraft(said)
    if (said !== '') this.talk.typing()
  }

  readonly #pressed = (event: KeyboardEvent) => {
    if (event.isComposing) return
    if (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.altKey) {
      event.preventDefault()
      void this.#submit()
    }
    if (event.key === 'Escape' && this.about !== undefined) {
      event.preventDefault()
      this.#cancel()
    }
    if (event.key === 'ArrowUp' && this.#area?.value === '') {
      const last = this.talk.now.stretch.messages.findLast(({ mine, kind, deletedAt }) => mine && kind === 'text' && !deletedAt)
      if (last === undefined) return
      event.preventDefault()
      this.change(last)
    }
  }

  /** The words stay until the kernel has kept them. */
  async #submit(): Promise<void> {
    const { talk, about } = this
    const said = this.#area?.value ?? ''
    if (said.trim() === '') return
    this.about = undefined
    this.#write('')
    if (about?.kind !== 'edit') talk.keepDraft('')
    try {
      if (about?.kind === 'edit') await talk.edit(about.message.id, said)
      else await talk.send(said, about?.message.id)
    } catch (error) {
      this.trouble = textOf(error)
      if (talk !== this.talk || this.#area?.value !== '') return talk.keepDraft(said)
      this.about = about
      this.#write(said)
      talk.keepDraft(said)
    }
  }

  #write(said: string): void {
    const area = this.#area
    if (area === null) return
    area.value = said
    this.#measure()
  }

  /** As tall as what it holds; the style sets the limit. */
  #measure(): void {
    const area = this.#area
    if (area === null) return
    this.isEmpty = area.value.trim() === ''
    area.style.height = 'auto'
    area.style.height = `${area.scrollHeight}px`
  }

  protected override updated(): void {
    if (this.#of === this.talk) return
    this.#of = this.talk
    void this.#begin(this.talk)
  }

  async #begin(talk: Talk): Promise<void> {
    this.about = this.trouble = undefined
    this.#write('')
    const draft = await talk.draft().catch(() => '')
    if (talk === this.talk && this.#area?.value === '') this.#write(draft)
  }
}
