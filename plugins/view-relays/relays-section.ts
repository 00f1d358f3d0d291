import { css, html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import type { Text } from '@palabre/sdk'
import { wearFace, type Face } from '@palabre/sdk/contract/face'
import type { Chosen, Relay } from './chosen.ts'
import { words } from './words.ts'

export const relaysTag = 'palabre-relays'

export function defineRelays(): void {
  if (customElements.get(relaysTag) === undefined) customElements.define(relaysTag, RelaysSection)
}

class RelaysSection extends LitElement {
  static override properties: PropertyDeclarations = { face: { attribute: false }, refused: { state: true } }
  static override styles = css`
    ul {
      list-style: none;
      margin: 0 0 1rem;
      padding: 0;
    }
    li {
      display: flex;
      gap: 1rem;
      align-items: center;
      justify-content: space-between;
      padding-block: 0.625rem;
      border-block-end: 1px solid var(--palabre-line);
    }
    .which {
      min-width: 0;
    }
    .id {
      overflow-wrap: anywhere;
      font-family: var(--palabre-mono, monospace);
    }
    .none {
      margin-block: 0.875rem;
    }
    form {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      gap: 0.375rem 0.625rem;
    }
    form :is(.label, .hint, .notice) {
      grid-column: 1 / -1;
      margin: 0;
    }
  `

  declare face: Face
  declare chosen: Chosen
  declare refused: Text | undefined

  constructor() {
    super()
    wearFace(this, () => [this.chosen])
  }

  override render(): TemplateResult {
    const { language } = this.face
    const relays = this.chosen.now
    return html`<p class="hint">${words.why[language]}</p>
      <p class="hint">${words.sees[language]}</p>
      ${relays === undefined ? html`<p>${words.off[language]}</p>` : this.#those(relays)}`
  }

  #those(relays: readonly Relay[]): TemplateResult {
    const { language } = this.face
    const refusal = this.refused === undefined ? nothing : html`<p class="notice bad" role="alert">${this.refused[language]}</p>`
    return html`${
        relays.length === 0
          ? html`<p class="none">${words.none[language]}</p>`
          : html`<ul aria-label=${words.title[language]}>
              ${relays.map((relay) => this.#row(relay))}
            </ul>`
      }
      <form @submit=${(event: Event) => void this.#add(event)}>
        <label class="label" for="link">${words.link[language]}</label>
        <input id="link" class="field" required maxlength="4096" autocomplete="off" spellcheck="false" aria-describedby="hint" />
        <button class="button" type="submit">${words.add[language]}</button>
        <p class="hint" id="hint">${words.linkHint[language]}</p>
        ${refusal}
      </form>`
  }

  #row({ peer, addresses, reached }: Relay): TemplateResult {
    const { language } = this.face
    const state = reached === undefined ? nothing : html`<span class="hint">${words[reached ? 'reached' : 'away'][language]}</span>`
    return html`<li data-peer=${peer}>
      <div class="which">
        <div class="id">${hostOf(addresses[0])} · …${peer.slice(-8)}</div>
        ${state}
      </div>
      <button
        class="button quiet"
        type="button"
        aria-label=${`${words.remove[language]} …${peer.slice(-8)}`}
        @click=${() => void this.#remove(peer)}
      >
        ${words.remove[language]}
      </button>
    </li>`
  }

  async #add(event: Event): Promise<void> {
    event.preventDefault()
    const field = this.renderRoot.querySelector<HTMLInputElement>('#link')!
    this.refused = await this.chosen.add(field.value.trim())
    if (this.refused !== undefined) return field.focus()
    field.value = ''
    this.face.say(words.added)
  }

  async #remove(peer: string): Promise<void> {
    this.refused = await this.chosen.remove(peer)
    if (this.refused !== undefined) return
    this.face.say(words.removed)
    this.renderRoot.querySelector<HTMLInputElement>('#link')?.focus()
  }
}

/** `/dns4/relay.example.org/tcp/4001` is at relay.example.org. */
const hostOf = (address = '') => address.split('/')[2] ?? ''
