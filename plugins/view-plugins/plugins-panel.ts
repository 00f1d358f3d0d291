import type { Watched } from '@palabre/sdk'
import { html, LitElement, nothing, unsafeCSS, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { faceParts } from '@palabre/sdk/contract/face-parts'
import { stateWords, type PluginInfo } from '@palabre/sdk/contract/plugins'
import type { Board } from './board.ts'
import { choosePlugins, countByGroup, type Group } from './chosen-plugins.ts'
import { isMadeForOthers } from './elsewhere.ts'
import { searchIcon } from './icons.ts'
import { SpokenLanguage } from './language.ts'
import { askStyle } from './ask-style.ts'
import { choiceStyle } from './choice-style.ts'
import { panelStyle } from './panel-style.ts'
import { rowStyle } from './row-style.ts'
import { pluginRow } from './plugin-row.ts'
import type { RowContext, WayToSettings } from './row-context.ts'
import { isNow, words } from './words.ts'

export const panelTag = 'palabre-view-plugins'

/** Element names last as long as the page: switched off and on again, the plugin finds its own. */
export function definePanel(): void {
  if (customElements.get(panelTag) === undefined) customElements.define(panelTag, PluginsPanel)
}

const groups: readonly Group[] = ['all', 'on', 'off', 'trouble']

class PluginsPanel extends LitElement {
  static override styles = [unsafeCSS(faceParts), choiceStyle, rowStyle, askStyle, panelStyle]
  static override properties: PropertyDeclarations = {
    board: { attribute: false },
    group: { state: true },
    sought: { state: true },
    said: { state: true },
  }

  declare board: Board
  declare settings: Watched<WayToSettings | undefined>
  declare group: Group
  declare sought: string
  /** The last thing that happened, for those who do not see it happen. */
  declare said: string

  readonly #language = new SpokenLanguage(this)
  #watching: Disposable | undefined
  #following: Disposable | undefined
  /** Whose switch gets the focus back when a question is answered. */
  #asked: string | undefined

  constructor() {
    super()
    this.group = 'all'
    this.sought = ''
    this.said = ''
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#watching = this.board.watch(() => this.requestUpdate())
    this.#following = this.settings.watch(() => this.requestUpdate())
  }

  override disconnectedCallback(): void {
    this.#watching?.[Symbol.dispose]()
    this.#following?.[Symbol.dispose]()
    super.disconnectedCallback()
  }

  override render(): TemplateResult {
    const { plugins, trouble } = this.board.now
    const language = this.#language.now
    return html`<section aria-labelledby="heading">
      <header>
        <h1 id="heading" tabindex="-1">${words.title[language]}</h1>
        <p class="lead">${words.lead[language]}</p>
      </header>
      ${this.#notice()} ${plugins === undefined ? this.#waiting(trouble !== undefined) : this.#list(plugins)}
      <p class="unseen" role="status">${this.said}</p>
    </section>`
  }

  /** Said above the list when it cannot be trusted to be of now. */
  #notice(): TemplateResult | typeof nothing {
    const { trouble, port, plugins } = this.board.now
    const language = this.#language.now
    const lost = port === 'connecting' ? { text: words.connecting, todo: undefined } : trouble
    if (lost === undefined) return nothing
    return html`<div class="notice" role="alert">
      <p>${lost.text[language]}</p>
      ${lost.todo === undefined ? nothing : html`<p class="todo">${lost.todo[language]}</p>`}
      ${plugins === undefined ? nothing : html`<p class="todo">${words.lastKnown[language]}</p>`}
    </div>`
  }

  #waiting(inTrouble: boolean): TemplateResult | typeof nothing {
    return inTrouble ? nothing : html`<p class="lead">${words.loading[this.#language.now]}</p>`
  }

  #list(plugins: readonly PluginInfo[]): TemplateResult {
    const language = this.#language.now
    const shown = choosePlugins(plugins, this.group, this.sought, language)
    const context = this.#context(plugins)
    return html`${this.#choice(plugins)}
    ${
      shown.length === 0
        ? html`<div class="empty">
            <p>${words.nothingMatches[language]}</p>
            <button class="button" @click=${() => this.#showAll()}>${words.clear[language]}</button>
          </div>`
        : html`<ul class="rows">
            ${repeat(
              shown,
              ({ id }) => id,
              (info) => pluginRow(info, context(info)),
            )}
          </ul>`
    }`
  }

  #choice(plugins: readonly PluginInfo[]): TemplateResult {
    const language = this.#language.now
    const counts = countByGroup(plugins)
    return html`<div class="choice">
      <label class="search">
        ${searchIcon}
        <input
          class="field"
          type="search"
          autocomplete="off"
          spellcheck="false"
          placeholder=${words.filter[language]}
          aria-label=${words.filter[language]}
          .value=${this.sought}
          @input=${(event: Event) => (this.sought = (event.target as HTMLInputElement).value)}
        />
      </label>
      <div class="segments" role="group" aria-label=${words.show[language]}>
        ${groups.map(
          (group) =>
            html`<button aria-pressed=${this.group === group} data-group=${group} @click=${() => (this.group = group)}>
              ${words[group][language]} <span class="count">${counts[group]}</span>
            </button>`,
        )}
      </div>
    </div>`
  }

  #context(plugins: readonly PluginInfo[]): (info: PluginInfo) => RowContext {
    const language = this.#language.now
    const { busy, refused, asking, causes } = this.board.now
    const find = (id: string | undefined) => plugins.find((info) => info.id === id)
    const shared = {
      language,
      titleOf: (id: string) => find(id)?.title[language] ?? id,
      enable: (id: string) => void this.board.enable(id).then(() => this.#say(id)),
      disable: (id: string) => void this.board.disable(id).then(() => this.#say(id)),
      answer: (yes: boolean) => void this.board.answer(yes).then(() => asking && this.#say(asking.id)),
    }
    return (info) => ({
      ...shared,
      busy: busy.has(info.id),
      isMadeForOthers: isMadeForOthers(info, plugins),
      refused: refused.get(info.id),
      asking: asking?.id === info.id ? asking : undefined,
      cause: find(causes.get(info.id)),
      settings: hasSettings(info) ? this.settings.now : undefined,
    })
  }

  #say(id: string): void {
    const info = this.board.now.plugins?.find((one) => one.id === id)
    if (info !== undefined) this.said = isNow(info.title, stateWords[info.state])[this.#language.now]
  }

  #showAll(): void {
    this.group = 'all'
    this.sought = ''
  }

  /** A question takes the focus, and its answer gives it back to the switch it came from. */
  protected override updated(_changed: PropertyValues): void {
    const asking = this.board.now.asking?.id
    if (asking === this.#asked) return
    const before = this.#asked
    this.#asked = asking
    const target = asking === undefined ? `[data-plugin="${before}"] .switch` : `[data-plugin="${asking}"] [data-answer="keep"]`
    this.renderRoot.querySelector<HTMLElement>(target)?.focus()
  }
}

const hasSettings = ({ configSchema }: PluginInfo) => Object.keys(configSchema['properties'] ?? {}).length > 0
