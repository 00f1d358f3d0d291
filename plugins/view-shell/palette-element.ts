import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import type { Many } from '@palabre/sdk'
import type { Action } from '@palabre/sdk/contract/action'
import type { CommandInfo } from '@palabre/sdk/contract/command'
import { wearFace, type Face } from '@palabre/sdk/contract/face'
import type { Finder, Found } from '@palabre/sdk/contract/finder'
import type { Port } from '@palabre/sdk/contract/port'
import { argumentForm, hasArguments, readArguments } from './argument-form.ts'
import { callCommand, type Answer } from './command-call.ts'
import type { Asked, OwnFace } from './create-face.ts'
import { act } from './follow-keys.ts'
import { keyText } from './key-chord.ts'
import { keyMap } from './key-map.ts'
import { chooseEntries, type PaletteEntry } from './palette-entries.ts'
import { paletteStyle } from './palette-style.ts'
import { words } from './words.ts'

const paletteTag = 'palabre-palette'

export function definePalette(): void {
  if (customElements.get(paletteTag) === undefined) customElements.define(paletteTag, PaletteElement)
}

interface Line {
  readonly key: string
  readonly title: string
  readonly detail: string | undefined
  choose(): void
}

/** The box over everything: all commands, the quick switcher, the keyboard map, and the form of a command with its answer. */
class PaletteElement extends LitElement {
  static override styles = paletteStyle
  static override properties: PropertyDeclarations = {
    face: { attribute: false },
    asked: { attribute: false },
    sought: { state: true },
    chosen: { state: true },
    commands: { state: true },
    found: { state: true },
    form: { state: true },
    answer: { state: true },
  }

  declare face: OwnFace & Face
  declare port: Port
  declare actions: () => readonly Action[]
  declare finders: Many<Finder>
  declare asked: Asked
  declare sought: string
  declare chosen: number
  declare commands: readonly CommandInfo[]
  declare found: readonly Found[]
  declare form: CommandInfo | undefined
  declare answer: Answer | undefined

  #running: AbortController | undefined
  #finding: AbortController | undefined

  constructor() {
    super()
    this.sought = ''
    this.chosen = 0
    this.commands = []
    this.found = []
    wearFace(this)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.port.commands().then(
      (all) => (this.commands = all),
      () => undefined,
    )
  }

  override disconnectedCallback(): void {
    this.#running?.abort()
    this.#finding?.abort()
    super.disconnectedCallback()
  }

  override render(): TemplateResult {
    const { language } = this.face
    const title = { command: words.palette, find: words.find, keys: words.keys }[this.asked][language]
    const close = () => this.renderRoot.querySelector('dialog')?.close()
    return html`<dialog aria-label=${title} @close=${() => this.face.ask(undefined)} @click=${this.#outside}>
      <div class="box">
        ${this.asked === 'keys' ? keyMap(title, this.actions(), language, close) : this.form === undefined ? this.#choice() : this.#askFor(this.form)}
      </div>
    </dialog>`
  }

  #choice(): TemplateResult {
    const { language } = this.face
    const all = this.#lines()
    const says = (this.asked === 'find' ? words.typeName : words.typeCommand)[language]
    const current = Math.min(this.chosen, all.length - 1)
    return html`<input
        class="sought"
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck="false"
        aria-expanded="true"
        aria-controls="lines"
        aria-activedescendant=${all.length === 0 ? nothing : `line-${current}`}
        aria-label=${says}
        placeholder=${says}
        .value=${this.sought}
        @input=${this.#seek}
        @keydown=${(event: KeyboardEvent) => this.#steer(event, all)}
      />
      <ul id="lines" class="lines scroll" role="listbox" aria-label=${words.results[language]} tabindex="-1">
        ${all.map(
          (line, index) =>
            html`<li
              id="line-${index}"
              role="option"
              aria-selected=${index === current}
              @click=${() => line.choose()}
              @pointermove=${() => (this.chosen = index)}
            >
              <span class="title">${line.title}</span>
              ${line.detail === undefined ? nothing : html`<span class="detail">${line.detail}</span>`}
            </li>`,
        )}
      </ul>
      ${all.length === 0 ? html`<p class="none">${words.nothingFits[language]}</p>` : nothing}`
  }

  #lines(): readonly Line[] {
    const { language } = this.face
    if (this.asked === 'find')
      return this.found.map((one) => ({
        key: one.id,
        title: one.title,
        detail: one.detail,
        choose: () => this.#leaveFor(() => one.open()),
      }))
    return chooseEntries(this.actions(), this.commands, this.sought, language).map((entry) => ({
      key: entry.id,
      title: entry.title[language],
      detail: entry.key === undefined ? entry.command?.id : keyText(entry.key),
      choose: () => this.#take(entry),
    }))
  }

  #take({ action, command }: PaletteEntry): void {
    if (action !== undefined) return this.#leaveFor(() => void act(action, this.face))
    this.answer = undefined
    this.form = command
    if (command !== undefined && !hasArguments(command)) this.#run(command, {})
  }

  /** Closed first, so that the focus is back where it was before anything moves it on. */
  #leaveFor(go: () => void): void {
    this.renderRoot.querySelector('dialog')?.close()
    go()
  }

  readonly #seek = (event: Event) => {
    this.sought = (event.target as HTMLInputElement).value
    this.chosen = 0
    if (this.asked === 'find') void this.#find()
  }

  async #find(): Promise<void> {
    this.#finding?.abort()
    const { signal } = (this.#finding = new AbortController())
    const parts = await Promise.all([...this.finders].map((one) => one.find(this.sought, { signal }).catch(() => [])))
    if (!signal.aborted) this.found = parts.flat()
  }

  #steer(event: KeyboardEvent, all: readonly Line[]): void {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key]
    if (step !== undefined && all.length > 0) {
      event.preventDefault()
      const next = Math.min(this.chosen, all.length - 1) + step
      this.chosen = Math.abs(step) === 1 ? (next + all.length) % all.length : Math.max(0, Math.min(all.length - 1, next))
      void this.updateComplete.then(() =>
        this.renderRoot.querySelector(`#line-${this.chosen}`)?.scrollIntoView({ block: 'nearest' }),
      )
    }
    if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault()
      all[Math.min(this.chosen, all.length - 1)]?.choose()
    }
  }

  #askFor(command: CommandInfo): TemplateResult {
    const { language } = this.face
    const isRunning = this.answer?.isOver === false
    return html`<form
      class="ask scroll"
      @submit=${(event: SubmitEvent) => {
        event.preventDefault()
        this.#run(command, readArguments(event.currentTarget as HTMLFormElement, command))
      }}
    >
      <h2 tabindex="-1">${command.title[language]}</h2>
      <p class="muted small mono">${command.id}</p>
      ${argumentForm(command, language)}
      <div class="buttons">
        ${hasArguments(command) ? html`<button class="button primary" type="submit">${words.run[language]}</button>` : nothing}
        <button class="button" type="button" @click=${this.#back}>${words.ahead[language]}</button>
        ${isRunning ? html`<button class="button quiet" type="button" @click=${() => this.#running?.abort()}>${words.stop[language]}</button>` : nothing}
      </div>
      <div role="status" class="answer ${this.answer?.failed === true ? 'failed' : ''}">
        ${this.answer?.said.map((said) => html`<pre>${said[language]}</pre>`)}
        ${isRunning ? html`<p class="muted">${words.running[language]}</p>` : nothing}
      </div>
    </form>`
  }

  readonly #back = () => {
    this.#running?.abort()
    this.form = undefined
    void this.updateComplete.then(() => this.#focusFirst())
  }

  #run(command: CommandInfo, args: object): void {
    this.#running?.abort()
    const { signal } = (this.#running = new AbortController())
    // One that was left for another may still have a last word.
    const told = (answer: Answer) => (this.#running?.signal === signal ? (this.answer = answer) : undefined)
    void callCommand(this.port, command, args, { signal, told })
  }

  readonly #outside = (event: Event) => {
    const dialog = this.renderRoot.querySelector('dialog')
    if (event.composedPath()[0] === dialog) dialog?.close()
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('asked')) return
    this.form = undefined
    this.sought = ''
    this.chosen = 0
    if (this.asked === 'find') void this.#find()
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    const dialog = this.renderRoot.querySelector('dialog')
    // It may have been taken away since this was asked for.
    if (dialog?.open === false && this.isConnected) dialog.showModal()
    if (changed.has('asked') || (changed.has('form') && this.form !== undefined)) this.#focusFirst()
  }

  #focusFirst(): void {
    const first = this.renderRoot.querySelector<HTMLElement>('.sought, form :is(input, select, textarea), h2')
    first?.focus()
  }
}
