import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import { hasWords, textOf, type Text } from '@palabre/sdk'
import { themes, wearFace, type Face } from '@palabre/sdk/contract/face'
import type { PluginInfo } from '@palabre/sdk/contract/plugins'
import type { Port } from '@palabre/sdk/contract/port'
import { lookCard } from './look-card.ts'
import { propertiesOf, readForm, schemaForm, titleOf } from './schema-form.ts'
import type { Sections } from './sections.ts'
import { settingsStyle } from './settings-style.ts'
import { themeWords, words } from './words.ts'

export const settingsTag = 'palabre-settings'

export function defineSettings(): void {
  if (customElements.get(settingsTag) === undefined) customElements.define(settingsTag, SettingsPanel)
}

class SettingsPanel extends LitElement {
  static override styles = settingsStyle
  static override properties: PropertyDeclarations = {
    face: { attribute: false },
    sought: { state: true },
    plugins: { state: true },
    name: { state: true },
    receipts: { state: true },
    asJson: { state: true },
    refused: { state: true },
  }

  declare face: Face
  declare port: Port
  declare sections: Sections
  declare sought: string
  declare plugins: readonly PluginInfo[]
  /** Undefined while nothing here knows of it. */
  declare name: string | undefined
  declare receipts: boolean | undefined
  declare asJson: string | undefined
  declare refused: { readonly plugin: string; readonly why: Text } | undefined

  #wasHere = false
  #wanted: string | undefined

  constructor() {
    super()
    this.sought = ''
    this.plugins = []
    wearFace(this, () => [this.sections])
  }

  takeFocus(): boolean {
    this.#wanted = this.face.at.subject
    this.renderRoot.querySelector<HTMLElement>('input[type="search"]')?.focus()
    this.#goToWanted()
    return true
  }

  /** To the section, or the plugin, that the person was led to: as soon as it is there. */
  #goToWanted(): void {
    if (this.#wanted === undefined) return
    const id = CSS.escape(this.#wanted)
    const place = this.renderRoot.querySelector<HTMLElement>(`#section-${id}, [data-plugin="${id}"] summary`)
    if (place === null) return
    this.#wanted = undefined
    place.closest('details')?.setAttribute('open', '')
    place.focus()
    place.scrollIntoView()
  }

  protected override updated(): void {
    this.#goToWanted()
  }

  override willUpdate(): void {
    const isHere = this.face.at.view === 'settings'
    if (isHere && !this.#wasHere) void this.#read()
    this.#wasHere = isHere
  }

  async #read(): Promise<void> {
    const ask = async (command: string) => (await this.port.run(command).catch(() => undefined))?.data
    const [plugins, named, told] = await Promise.all(['plugins.list', 'id.name', 'messages.receipts'].map(ask))
    this.plugins = (plugins as readonly PluginInfo[] | undefined) ?? []
    this.name = (named as { name: string } | undefined)?.name
    this.receipts = (told as { on: boolean } | undefined)?.on
  }

  override render(): TemplateResult {
    const { language } = this.face
    const shown = this.#shown()
    return html`<section class="page" aria-labelledby="title">
      <header>
        <h1 id="title" tabindex="-1">${words.title[language]}</h1>
      </header>
      <input
        class="field"
        type="search"
        autocomplete="off"
        aria-label=${words.search[language]}
        placeholder=${words.search[language]}
        .value=${this.sought}
        @input=${(event: Event) => (this.sought = (event.target as HTMLInputElement).value)}
      />
      ${shown.length === 0 ? html`<p class="none muted">${words.nothing[language]}</p>` : shown}
    </section>`
  }

  /** Those sections that hold every word that is sought. */
  #shown(): readonly TemplateResult[] {
    const { language } = this.face
    const fits = (...telling: readonly string[]) => hasWords(telling.join(' '), this.sought)
    const { look, theme, you, name, privacy, receipts } = words
    const own = [
      fits(look[language], theme[language], words.language[language], ...themes.map((one) => themeWords[one][language]))
        ? [lookCard(this.face)]
        : [],
      this.name !== undefined && fits(you[language], name[language]) ? [this.#you(this.name)] : [],
      this.receipts !== undefined && fits(privacy[language], receipts[language]) ? [this.#privacy(this.receipts)] : [],
    ]
    const brought = this.sections.now
      .filter(({ title }) => fits(title[language]))
      .map(
        ({ id, title, element }) =>
          html`<section class="card">
            <h2 id="section-${id}" tabindex="-1">${title[language]}</h2>
            ${element}
          </section>`,
      )
    const plugins = this.plugins.filter(
      ({ id, title, configSchema }) =>
        propertiesOf(configSchema).length > 0 &&
        fits(id, title[language], ...propertiesOf(configSchema).map(([key, schema]) => titleOf(key, schema, language))),
    )
    return [...own.flat(), ...brought, ...(plugins.length === 0 ? [] : [this.#plugins(plugins)])]
  }

  #you(name: string): TemplateResult {
    const { language } = this.face
    return html`<section class="card">
      <h2>${words.you[language]}</h2>
      <form
        class="inline"
        @submit=${(event: Event) => {
          event.preventDefault()
          const { value } = this.renderRoot.querySelector<HTMLInputElement>('#my-name')!
          void this.#do('', () => this.port.run('id.name', { name: value.trim() }))
        }}
      >
        <label class="label" for="my-name">${words.name[language]}</label>
        <input id="my-name" class="field" required maxlength="80" autocomplete="nickname" .value=${name} />
        <button class="button" type="submit">${words.save[language]}</button>
      </form>
      ${this.#refusal('')}
    </section>`
  }

  #privacy(on: boolean): TemplateResult {
    const { language } = this.face
    const turn = () =>
      this.#do('', async () => {
        await this.port.run('messages.receipts', { tell: on ? 'off' : 'on' })
        this.receipts = !on
      })
    return html`<section class="card">
      <h2>${words.privacy[language]}</h2>
      <div class="turn">
        <div>
          <p id="receipts">${words.receipts[language]}</p>
          <p class="hint">${words.receiptsWhy[language]}</p>
        </div>
        <button class="switch" role="switch" aria-checked=${on} aria-labelledby="receipts" @click=${() => void turn()}>
          <span class="track"><span class="knob"></span></span>
        </button>
      </div>
    </section>`
  }

  #plugins(plugins: readonly PluginInfo[]): TemplateResult {
    const { language } = this.face
    const inOrder = plugins.toSorted((a, b) => a.title[language].localeCompare(b.title[language], language))
    return html`<section class="card">
      <h2>${words.plugins[language]}</h2>
      <p class="hint">${words.pluginsWhy[language]}</p>
      ${inOrder.map((info) => this.#plugin(info))}
    </section>`
  }

  #plugin(info: PluginInfo): TemplateResult {
    const { language } = this.face
    const { id, title, config, configSchema } = info
    const isJson = this.asJson === id
    return html`<details data-plugin=${id} ?open=${this.sought !== ''}>
      <summary>${title[language]} <span class="muted small mono" translate="no">${id}</span></summary>
      <form @submit=${(event: Event) => void this.#save(event, info)}>
        ${
          isJson
            ? html`<label class="label" for="json-${id}">${words.json[language]}</label>
                <textarea
                  id="json-${id}"
                  class="field mono"
                  name="json"
                  rows="8"
                  spellcheck="false"
                  .value=${JSON.stringify(config, undefined, 2)}
                ></textarea>`
            : schemaForm(id, configSchema, config as Readonly<Record<string, unknown>>, language)
        }
        ${this.#refusal(id)}
        <div class="buttons">
          <button class="button primary" type="submit">${words.save[language]}</button>
          <button class="button quiet" type="button" @click=${() => (this.asJson = isJson ? undefined : id)}>
            ${(isJson ? words.asForm : words.asJson)[language]}
          </button>
        </div>
      </form>
    </details>`
  }

  #refusal(plugin: string): TemplateResult | typeof nothing {
    if (this.refused?.plugin !== plugin) return nothing
    return html`<p class="notice bad" role="alert">${this.refused.why[this.face.language]}</p>`
  }

  async #save(event: Event, { id, configSchema }: PluginInfo): Promise<void> {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    await this.#do(id, async () => {
      const set = this.asJson === id ? readJson(form) : readForm(form, configSchema)
      await this.port.run('plugins.config', { plugin: id, set })
    })
  }

  /** Saved, or why not, beside what was to be saved. */
  async #do(plugin: string, work: () => Promise<unknown>): Promise<void> {
    this.refused = undefined
    try {
      await work()
      this.face.say(words.saved)
      await this.#read()
    } catch (error) {
      const why = textOf(error)
      this.refused = { plugin, why: error instanceof SyntaxError ? words.badJson : why }
    }
  }
}

const readJson = (form: HTMLFormElement) => JSON.parse((form.elements.namedItem('json') as HTMLTextAreaElement).value) as unknown
