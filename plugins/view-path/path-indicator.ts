import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import { isPalabreError, messageOf, text } from '@palabre/sdk'
import { wearFace, type Face } from '@palabre/sdk/contract/face'
import type { Path } from '@palabre/sdk/contract/link'
import type { Port } from '@palabre/sdk/contract/port'
import type { RoutePolicy } from '@palabre/sdk/contract/route'
import type { Roads } from './follow-roads.ts'
import { pathStyle } from './path-style.ts'
import { lookOf, roadIcon } from './road-look.ts'
import { addressText, policyWords, roadWords, whoSeesMe, words } from './words.ts'

export const pathTag = 'palabre-path'

export function definePath(): void {
  if (customElements.get(pathTag) === undefined) customElements.define(pathTag, PathIndicator)
}

interface Known {
  readonly policy: RoutePolicy
  readonly suite: string
}

/** How the person of this conversation is reached, in an icon and words; pressed, it opens the route card. */
class PathIndicator extends LitElement {
  static override styles = pathStyle
  static override properties: PropertyDeclarations = {
    face: { attribute: false },
    isOpen: { state: true },
    known: { state: true },
  }

  declare face: Face
  declare port: Port
  declare roads: Roads
  declare isOpen: boolean
  declare known: Known | undefined

  #watching: Disposable | undefined

  constructor() {
    super()
    this.isOpen = false
    wearFace(this)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#watching = this.roads.watch(() => this.requestUpdate())
  }

  override disconnectedCallback(): void {
    this.#watching?.[Symbol.dispose]()
    super.disconnectedCallback()
  }

  override render(): TemplateResult | typeof nothing {
    const { view, subject } = this.face.at
    if (view !== 'chat' || subject === undefined) return nothing
    const { language } = this.face
    const reachability = this.roads.of(subject)
    const look = lookOf(reachability)
    return html`<button
        class="indicator"
        aria-haspopup="dialog"
        aria-expanded=${this.isOpen}
        title=${whoSeesMe[look][language]}
        @click=${() => void this.#open(subject)}
      >
        ${roadIcon(look)}<span role="status">${roadWords[look][language]}</span>
      </button>
      <dialog aria-labelledby="card-title" @close=${() => (this.isOpen = false)} @click=${this.#outside}>
        ${this.isOpen ? this.#card(subject) : nothing}
      </dialog>`
  }

  #card(peer: string): TemplateResult {
    const { language } = this.face
    const reachability = this.roads.of(peer)
    const look = lookOf(reachability)
    const why = reachability?.why
    return html`<div class="inside">
      <h2 id="card-title" tabindex="-1">${roadIcon(look)} ${roadWords[look][language]}</h2>
      ${why === undefined ? nothing : html`<p class="muted">${why[language]}</p>`}
      ${reachability?.path === undefined ? nothing : this.#facts(reachability.path)}
      <h3>${words.whoSees[language]}</h3>
      <p>${whoSeesMe[look][language]}</p>
      <p class="muted">${words.nobodyReads[language]}</p>
      <dl>
        <div>
          <dt>${words.suite[language]}</dt>
          <dd>
            ${words.endToEnd[language]}${this.known === undefined ? nothing : html` · <span translate="no">${this.known.suite}</span>`}
          </dd>
        </div>
      </dl>
      <h3>${words.policy[language]}</h3>
      <div class="buttons" role="group" aria-label=${words.policy[language]}>
        ${(['direct-allowed', 'relayed-only'] as const).map(
          (one) =>
            html`<button
              class="button ${this.known?.policy === one ? 'primary' : ''}"
              aria-pressed=${this.known?.policy === one}
              @click=${() => void this.#choose(peer, one)}
            >
              ${policyWords[one][language]}
            </button>`,
        )}
      </div>
      <div class="end"><button class="button quiet" @click=${() => this.#dialog?.close()}>${words.close[language]}</button></div>
    </div>`
  }

  #facts({ transport, address, since }: Path): TemplateResult {
    const { language } = this.face
    const rows = [
      [words.transport, transport],
      [words.address, addressText(address)[language]],
      [words.since, new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(since)],
    ] as const
    return html`<dl>
      ${rows.map(
        ([title, value]) =>
          html`<div>
            <dt>${title[language]}</dt>
            <dd translate="no">${value}</dd>
          </div>`,
      )}
    </dl>`
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog')
  }

  async #open(peer: string): Promise<void> {
    this.isOpen = true
    await this.updateComplete
    this.#dialog?.showModal()
    await this.#ask(peer)
  }

  async #ask(peer: string): Promise<void> {
    this.known = (await this.port.run('contacts.show', { contact: peer }).catch(() => undefined))?.data as Known | undefined
  }

  async #choose(peer: string, policy: RoutePolicy): Promise<void> {
    try {
      const { text: said } = await this.port.run('contacts.policy', { contact: peer, policy })
      if (said !== undefined) this.face.say(said)
    } catch (error) {
      this.face.say(isPalabreError(error) ? error.text : text(messageOf(error), messageOf(error)))
    }
    await this.#ask(peer)
  }

  readonly #outside = (event: Event) => {
    if (event.composedPath()[0] === this.#dialog) this.#dialog?.close()
  }
}
