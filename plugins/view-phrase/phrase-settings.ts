import { css, html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import { textOf, type Text } from '@palabre/sdk'
import { wearFace, type Face } from '@palabre/sdk/contract/face'
import type { Port } from '@palabre/sdk/contract/port'
import { words } from './words.ts'

export const settingsTag = 'palabre-phrase'

export function defineSettings(): void {
  if (customElements.get(settingsTag) === undefined) customElements.define(settingsTag, PhraseSettings)
}

interface Kept {
  readonly kept: boolean
  readonly said: Text
}

/** The words are fetched when they are asked for and forgotten when they are hidden: nothing holds them in between. */
class PhraseSettings extends LitElement {
  static override properties: PropertyDeclarations = {
    face: { attribute: false },
    phrase: { state: true },
    isCopying: { state: true },
    trouble: { state: true },
    storage: { state: true },
    isRefused: { state: true },
  }

  declare face: Face
  declare port: Port
  declare phrase: string | undefined
  declare isCopying: boolean
  declare trouble: Text | undefined
  /** Undefined where the kernel keeps things in files: there nothing can be asked. */
  declare storage: Kept | undefined
  declare isRefused: boolean

  #wasHere = false

  constructor() {
    super()
    this.isCopying = this.isRefused = false
    wearFace(this)
  }

  override willUpdate(): void {
    const isHere = this.face.at.view === 'settings'
    if (isHere && !this.#wasHere) void this.#readStorage('storage.show')
    if (!isHere) this.#hide()
    this.#wasHere = isHere
  }

  override disconnectedCallback(): void {
    this.#hide()
    super.disconnectedCallback()
  }

  override render(): TemplateResult {
    const { language } = this.face
    return html`<p class="hint">${words.why[language]}</p>
      ${this.phrase === undefined ? this.#hidden() : this.#shown(this.phrase)}
      ${this.trouble === undefined ? nothing : html`<p class="notice bad" role="alert">${this.trouble[language]}</p>`}
      ${this.storage === undefined ? nothing : this.#where(this.storage)}`
  }

  #hidden(): TemplateResult {
    return html`<div class="buttons">
      <button class="button show" @click=${() => void this.#show()}>${words.show[this.face.language]}</button>
    </div>`
  }

  #shown(phrase: string): TemplateResult {
    const { language } = this.face
    return html`<ol class="words" translate="no" tabindex="-1" aria-label=${words.title[language]}>
        ${phrase.split(' ').map((word) => html`<li>${word}</li>`)}
      </ol>
      <p class="hint">${words.paper[language]}</p>
      ${this.isCopying ? this.#warning(phrase) : nothing}
      <div class="buttons" ?hidden=${this.isCopying}>
        <button class="button" @click=${() => this.#hide()}>${words.hide[language]}</button>
        <button class="button quiet" @click=${() => (this.isCopying = true)}>${words.copy[language]}</button>
      </div>`
  }

  #warning(phrase: string): TemplateResult {
    const { language } = this.face
    return html`<div class="notice" role="group" aria-labelledby="copy-why">
      <div>
        <p id="copy-why">${words.copyWhy[language]}</p>
        <div class="buttons">
          <button class="button" data-answer="no" @click=${() => (this.isCopying = false)}>${words.rather[language]}</button>
          <button class="button grave" @click=${() => void this.#copy(phrase)}>${words.copyAnyway[language]}</button>
        </div>
      </div>
    </div>`
  }

  #where({ kept, said }: Kept): TemplateResult {
    const { language } = this.face
    return html`<h3>${words.where[language]}</h3>
      <p class="hint">${said[language]}</p>
      ${
        kept
          ? nothing
          : html`<div class="buttons">
              <button class="button" @click=${() => void this.#readStorage('storage.keep')}>${words.keep[language]}</button>
            </div>`
      }
      ${this.isRefused ? html`<p class="hint" role="status">${words.notKept[language]}</p>` : nothing}`
  }

  async #show(): Promise<void> {
    this.trouble = undefined
    try {
      const { phrase } = (await this.port.run('id.phrase', { yesShowIt: true })).data as { phrase: string }
      if (this.face.at.view !== 'settings') return
      this.phrase = phrase
      await this.updateComplete
      this.renderRoot.querySelector<HTMLElement>('.words')?.focus()
    } catch (error) {
      this.trouble = textOf(error)
    }
  }

  #hide(): void {
    const wasShown = this.phrase !== undefined
    this.phrase = undefined
    this.isCopying = false
    if (wasShown && this.isConnected && this.face.at.view === 'settings')
      void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.show')?.focus())
  }

  async #copy(phrase: string): Promise<void> {
    await navigator.clipboard.writeText(phrase)
    this.face.say(words.copied)
    this.#hide()
  }

  async #readStorage(command: 'storage.show' | 'storage.keep'): Promise<void> {
    const answer = await this.port.run(command).catch(() => undefined)
    if (answer?.text === undefined) return
    const { kept } = answer.data as { kept: boolean }
    this.storage = { kept, said: answer.text }
    this.isRefused = command === 'storage.keep' && !kept
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('isCopying') && this.isCopying) this.renderRoot.querySelector<HTMLElement>('[data-answer="no"]')?.focus()
  }

  static override styles = css`
    .buttons {
      margin-block-start: 0.875rem;
    }
    .words {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr));
      gap: 0.375rem;
      margin-block: 1rem 0.75rem;
      counter-reset: word;
      outline: none;
    }
    .words li {
      display: flex;
      gap: 0.625rem;
      padding: 0.375rem 0.75rem;
      border-radius: var(--palabre-round-small);
      background: var(--palabre-sunk);
      font-family: var(--palabre-mono);
      counter-increment: word;
    }
    .words li::before {
      min-width: 2ch;
      color: var(--palabre-muted);
      text-align: end;
      content: counter(word);
    }
    .notice {
      margin-block-start: 1rem;
    }
    h3 {
      margin-block-start: 1.5rem;
    }
  `
}
