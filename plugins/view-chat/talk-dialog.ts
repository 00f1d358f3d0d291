import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import { textOf } from '@palabre/sdk'
import { wearFace, type Face } from '@palabre/sdk/contract/face'
import { fusesWith } from './fuses.ts'
import type { Talk } from './talk.ts'
import { talkDialogStyle } from './talk-dialog-style.ts'
import { clearWhat, fuseChoice, words } from './words.ts'

export const talkDialogTag = 'palabre-talk-dialog'

export function defineTalkDialog(): void {
  if (customElements.get(talkDialogTag) === undefined) customElements.define(talkDialogTag, TalkDialog)
}

export type TalkQuestion = 'fuse' | 'clear'

/** What a person decides about a whole conversation: how long messages stay, and whether what was said is erased here. */
export class TalkDialog extends LitElement {
  static override styles = talkDialogStyle
  static override properties: PropertyDeclarations = {
    face: { attribute: false },
    talk: { attribute: false },
    name: { attribute: false },
    question: { state: true },
  }

  declare face: Face
  declare talk: Talk
  declare name: string
  declare question: TalkQuestion | undefined

  constructor() {
    super()
    wearFace(this)
  }

  async ask(question: TalkQuestion): Promise<void> {
    this.question = question
    await this.updateComplete
    this.#dialog?.showModal()
  }

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="title" @close=${() => (this.question = undefined)} @click=${this.#outside}>
      ${this.question === undefined ? nothing : this.question === 'fuse' ? this.#fuse() : this.#clear()}
    </dialog>`
  }

  #fuse(): TemplateResult {
    const { language } = this.face
    const now = (this.talk.now.with?.fuse ?? 0) / 1000
    return html`<div class="inside">
      <h2 id="title">${words.fuse[language]}</h2>
      <p class="muted">${words.fuseWhy[language]}</p>
      <fieldset>
        <legend class="unseen">${words.fuse[language]}</legend>
        ${fusesWith(now).map(
          (seconds) =>
            html`<label class="option">
              <input
                type="radio"
                name="fuse"
                ?autofocus=${seconds === now}
                .checked=${seconds === now}
                @change=${() => void this.#do(this.talk.setFuse(seconds))}
              />
              ${fuseChoice(seconds)[language]}
            </label>`,
        )}
      </fieldset>
      <div class="buttons"><button class="button" @click=${this.#close}>${words.done[language]}</button></div>
    </div>`
  }

  #clear(): TemplateResult {
    const { language } = this.face
    return html`<div class="inside">
      <h2 id="title">${words.clear[language]}</h2>
      <p>${clearWhat(this.name)[language]}</p>
      <div class="buttons">
        <button class="button" autofocus @click=${this.#close}>${words.cancel[language]}</button>
        <button class="button grave" @click=${() => void this.#do(this.talk.clear()).then(this.#close)}>
          ${words.clearYes[language]}
        </button>
      </div>
    </div>`
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog')
  }

  readonly #close = () => this.#dialog?.close()

  readonly #outside = (event: Event) => {
    if (event.composedPath()[0] === this.#dialog) this.#close()
  }

  async #do(work: Promise<void>): Promise<void> {
    await work.catch((error: unknown) => this.face.say(textOf(error)))
    this.requestUpdate()
  }
}
