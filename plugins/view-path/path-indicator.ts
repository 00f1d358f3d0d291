import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import { textOf } from '@palabre/sdk'
import { wearFace, type Face } from '@palabre/sdk/contract/face'
import type { Port } from '@palabre/sdk/contract/port'
import type { RoutePolicy } from '@palabre/sdk/contract/route'
import type { WatchedRoad } from './follow-road.ts'
import type { Roads } from './follow-roads.ts'
import { cardStyle } from './card-style.ts'
import { pathStyle } from './path-style.ts'
import { lookOf, roadIcon } from './road-look.ts'
import { routeCard } from './route-card.ts'
import { roadWords, whoSeesMe, words } from './words.ts'

export const pathTag = 'palabre-path'

export function definePath(): void {
  if (customElements.get(pathTag) === undefined) customElements.define(pathTag, PathIndicator)
}

interface Known {
  readonly name: string
  readonly policy: RoutePolicy
  readonly suite: string
}

/** How the person of this conversation is reached, in an icon and words; pressed, it opens the route card. */
class PathIndicator extends LitElement {
  static override styles = [pathStyle, cardStyle]
  static override properties: PropertyDeclarations = {
    face: { attribute: false },
    isOpen: { state: true },
    known: { state: true },
  }

  declare face: Face
  declare port: Port
  declare roads: Roads
  declare watchRoad: (peer: string, changed: () => void) => WatchedRoad
  declare isOpen: boolean
  declare known: Known | undefined

  #road: WatchedRoad | undefined

  constructor() {
    super()
    this.isOpen = false
    wearFace(this, () => [this.roads])
  }

  override disconnectedCallback(): void {
    this.#closed()
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
      <dialog aria-labelledby="card-title" @close=${this.#closed} @click=${this.#outside}>
        ${this.isOpen ? this.#card(subject) : nothing}
      </dialog>`
  }

  #card(peer: string): TemplateResult {
    const { language } = this.face
    return routeCard({
      language,
      name: this.known?.name ?? words.them[language],
      // The same as in the head, which is told first.
      reachability: this.roads.of(peer) ?? this.#road?.now?.reachability,
      road: this.#road?.now?.road,
      policy: this.known?.policy,
      suite: this.known?.suite,
      choose: (policy) => void this.#choose(peer, policy),
      close: () => this.#dialog?.close(),
    })
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog')
  }

  async #open(peer: string): Promise<void> {
    this.isOpen = true
    this.#road = this.watchRoad(peer, () => this.requestUpdate())
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
      this.face.say(textOf(error))
    }
    await this.#ask(peer)
  }

  readonly #closed = () => {
    this.isOpen = false
    this.#road?.[Symbol.dispose]()
    this.#road = undefined
  }

  readonly #outside = (event: Event) => {
    if (event.composedPath()[0] === this.#dialog) this.#dialog?.close()
  }
}
