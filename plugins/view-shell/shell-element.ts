import { html, LitElement, nothing, render, type PropertyDeclarations, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Action } from '@palabre/sdk/contract/action'
import type { Finder } from '@palabre/sdk/contract/finder'
import { wearFace, type Face } from '@palabre/sdk/contract/face'
import type { Port } from '@palabre/sdk/contract/port'
import type { Many } from '@palabre/sdk'
import type { OwnFace } from './create-face.ts'
import { defineDivider } from './divider.ts'
import { icon, lines } from './icons.ts'
import { definePalette } from './palette-element.ts'
import { shellStyle } from './shell-style.ts'
import type { Stand, Standing } from './stand.ts'
import { words } from './words.ts'

export const shellTag = 'palabre-shell'

export function defineShell(): void {
  defineDivider()
  definePalette()
  if (customElements.get(shellTag) === undefined) customElements.define(shellTag, ShellElement)
}

class ShellElement extends LitElement {
  static override styles = shellStyle
  static override properties: PropertyDeclarations = { face: { attribute: false } }

  declare face: OwnFace & Face
  declare stand: Stand
  declare port: Port
  declare actions: () => readonly Action[]
  declare finders: Many<Finder>

  #moves = 0
  #offered = false

  constructor() {
    super()
    wearFace(this, () => [this.stand, this.port])
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#moves = this.face.moves
  }

  override render(): TemplateResult {
    const welcome = this.stand.at('welcome')[0]
    document.title = this.#title()
    return html`${welcome === undefined ? this.#frame() : html`<main class="welcome scroll">${welcome.element}</main>`}
      ${this.#dialog()} ${this.#palette()}
      <div class="toast" role="status">
        ${this.face.said === undefined ? nothing : html`<p>${this.face.said[this.face.language]}</p>`}
      </div>`
  }

  #title(): string {
    const { panel } = this.#place()
    const count = this.face.waiting === 0 ? '' : `(${this.face.waiting}) `
    return panel === undefined ? `${count}Palabre` : `${count}${panel.view.title[this.face.language]} · Palabre`
  }

  /** The panel that is asked for, else the first; and what stands beside it. */
  #place(): { panel: Standing | undefined; side: Standing | undefined; shows: 'side' | 'panel' } {
    const panels = this.stand.at('panel')
    const { view, subject } = this.face.at
    const panel = panels.find((one) => one.view.id === view) ?? panels[0]
    const side = panel === undefined ? undefined : this.stand.at('side', panel.view.id)[0]
    return { panel, side, shows: side !== undefined && (subject === undefined || panel?.view.id !== view) ? 'side' : 'panel' }
  }

  #frame(): TemplateResult {
    const { language } = this.face
    const { panel, side, shows } = this.#place()
    return html`${this.#offer()}
      <div class="frame" data-shows=${shows} ?data-side=${side !== undefined}>
        ${this.#rail(panel)}
        ${
          side === undefined
            ? nothing
            : html`<aside class="side" aria-label=${side.view.title[language]}>
                ${side.element}<palabre-divider .face=${this.face}></palabre-divider>
              </aside>`
        }
        <main class="main" tabindex="-1" aria-label=${panel?.view.title[language] ?? nothing}>
          ${repeat(
            this.stand.at('panel'),
            ({ view }) => view.id,
            (one) => html`<div class="panel" ?hidden=${one !== panel}>${this.#furnished(one)}</div>`,
          )}
          ${panel === undefined ? this.#nothingHere() : nothing}
        </main>
        ${this.#status()}
      </div>`
  }

  #offer(): TemplateResult {
    const offer = this.stand.at('offer')[0]
    return html`<div class="offer" role="status" aria-label=${offer?.view.title[this.face.language] ?? nothing}>
      ${offer?.element}
    </div>`
  }

  /** The element of a panel with what the frame gives into its slots. */
  #furnished({ view, element }: Standing): HTMLElement {
    const heads = this.stand.at('head', view.id)
    for (const { element: head } of heads) {
      head.slot = 'head'
      if (head.parentNode !== element) element.append(head)
    }
    render(this.stand.at('side', view.id).length === 0 ? nothing : this.#backToSide(view.id), element)
    return element
  }

  #backToSide(panel: string): TemplateResult {
    const label = words.back[this.face.language]
    return html`<button
      slot="back"
      class="button quiet only-icon back"
      aria-label=${label}
      title=${label}
      @click=${() => this.face.open(panel)}
    >
      ${icon(lines.back)}
    </button>`
  }

  #nothingHere(): TemplateResult {
    const { language } = this.face
    return html`<div class="empty">
      <h2>${words.nothingHere[language]}</h2>
      <p>${words.nothingHereWhy[language]}</p>
    </div>`
  }

  #rail(current: Standing | undefined): TemplateResult {
    const { language } = this.face
    return html`<nav class="rail" aria-label=${words.views[language]}>
      <span class="brand" aria-hidden="true">${icon(lines.tree)}</span>
      <ul>
        ${repeat(
          this.stand.at('panel'),
          ({ view }) => view.id,
          (one) =>
            html`<li>
              <button
                class="door"
                data-view=${one.view.id}
                aria-current=${one === current ? 'page' : nothing}
                @click=${() => this.face.open(one.view.id)}
              >
                ${icon(one.view.icon ?? lines.square)}<span class="door-name">${one.view.title[language]}</span>
              </button>
            </li>`,
        )}
      </ul>
    </nav>`
  }

  #status(): TemplateResult {
    const { language, theme } = this.face
    const isLight = theme === 'light' || (theme === 'system' && matchMedia('(prefers-color-scheme: light)').matches)
    return html`<footer class="status">
      <div class="status-items">
        ${this.port.state === 'open' ? nothing : html`<span class="offline" role="status">${words[this.port.state][language]}</span>`}
        ${repeat(
          this.stand.at('status'),
          ({ view }) => view.id,
          ({ element }) => element,
        )}
      </div>
      <button class="tool" @click=${() => this.face.ask('command')} aria-keyshortcuts="Control+Shift+P">
        ${icon(lines.command)}<span class="tool-name">${words.palette[language]}</span><kbd>Ctrl+Shift+P</kbd>
      </button>
      <button
        class="tool"
        aria-label=${(isLight ? words.toDark : words.toLight)[language]}
        title=${(isLight ? words.toDark : words.toLight)[language]}
        @click=${() => this.face.wear(isLight ? 'dark' : 'light')}
      >
        ${icon(isLight ? lines.moon : lines.sun)}
      </button>
      <button class="tool" lang=${language === 'fr' ? 'en' : 'fr'} @click=${() => this.face.speak(language === 'fr' ? 'en' : 'fr')}>
        ${language === 'fr' ? 'English' : 'Français'}
      </button>
    </footer>`
  }

  #dialog(): TemplateResult | typeof nothing {
    const asked = this.stand.at('dialog')[0]
    if (asked === undefined) return nothing
    return html`<dialog class="over" aria-label=${asked.view.title[this.face.language]} @cancel=${this.#passOn}>
      ${asked.element}
    </dialog>`
  }

  /** Escape closes nothing by itself: the view decides, and leaves its slot. */
  #passOn(event: Event): void {
    event.preventDefault()
    const element = (event.currentTarget as HTMLElement).firstElementChild
    element?.dispatchEvent(new Event('palabre-cancel'))
  }

  #palette(): TemplateResult | typeof nothing {
    const { asked } = this.face
    if (asked === undefined) return nothing
    return html`<palabre-palette
      .face=${this.face}
      .port=${this.port}
      .actions=${this.actions}
      .finders=${this.finders}
      .asked=${asked}
    ></palabre-palette>`
  }

  protected override updated(): void {
    const over = this.renderRoot.querySelector<HTMLDialogElement>('dialog.over')
    if (over?.open === false) over.showModal()
    const offered = this.stand.at('offer')[0] !== undefined
    // The button that was pressed is gone with the offer, and the focus with it.
    const isLost = this.#offered && !offered && document.activeElement === document.body
    this.#offered = offered
    if (this.#moves === this.face.moves && !isLost) return
    this.#moves = this.face.moves
    void this.#focusPlace()
  }

  /** What had it is gone, with the view it belonged to. */
  takeFocus(): boolean {
    // Who goes elsewhere at the same time is met there.
    if (this.#moves === this.face.moves) void this.#focusPlace()
    return true
  }

  /** A place that is opened gets the focus: its own choice, else the main area. */
  async #focusPlace(): Promise<void> {
    const { panel, side, shows } = this.#place()
    const wanted = shows === 'side' && side !== undefined && this.#isNarrow() ? side : panel
    await (wanted?.element as LitElement | undefined)?.updateComplete
    const own = wanted?.element as { takeFocus?: () => boolean } | undefined
    if (own?.takeFocus?.() !== true) this.renderRoot.querySelector<HTMLElement>('main')?.focus()
  }

  #isNarrow(): boolean {
    return matchMedia('(max-width: 45rem)').matches
  }
}
