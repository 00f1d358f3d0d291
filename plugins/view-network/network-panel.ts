import { css, html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import { msText, textOf } from '@palabre/sdk'
import { wearFace, type Face } from '@palabre/sdk/contract/face'
import type { Port } from '@palabre/sdk/contract/port'
import { defineDiagnosis } from './diagnosis-card.ts'
import type { FollowedNetwork, LinkNow, NetworkNow } from './follow-network.ts'
import { foundBy, kindWords, linkCount, shortId, trafficText, words } from './words.ts'

export const panelTag = 'palabre-network'
export const statusTag = 'palabre-network-status'

export function defineNetwork(): void {
  defineDiagnosis()
  if (customElements.get(panelTag) === undefined) customElements.define(panelTag, NetworkPanel)
  if (customElements.get(statusTag) === undefined) customElements.define(statusTag, NetworkStatus)
}

class NetworkElement extends LitElement {
  declare face: Face
  declare port: Port
  declare network: FollowedNetwork

  constructor() {
    super()
    wearFace(this, () => [this.network])
  }
}

/** One line for the status bar. */
class NetworkStatus extends NetworkElement {
  override render(): TemplateResult {
    const { network } = this.network.now
    return html`<span>${(network === undefined ? words.off : linkCount(network.links.length))[this.face.language]}</span>`
  }
}

class NetworkPanel extends NetworkElement {
  static override properties: PropertyDeclarations = { face: { attribute: false }, measured: { state: true } }
  declare measured: ReadonlyMap<string, string>

  constructor() {
    super()
    this.measured = new Map()
  }

  override render(): TemplateResult {
    const { language } = this.face
    const { network, trouble } = this.network.now
    return html`<section class="page" aria-labelledby="title">
      <header>
        <h1 id="title" tabindex="-1">${words.title[language]}</h1>
        <p class="lead">${words.lead[language]}</p>
      </header>
      ${trouble === undefined ? nothing : html`<p class="notice" role="alert">${words.offWhy[language]} · ${trouble[language]}</p>`}
      ${network === undefined ? nothing : html`${this.#links(network)} ${this.#node(network)} ${this.#found(network)}`}
      <palabre-network-diagnosis .face=${this.face} .port=${this.port}></palabre-network-diagnosis>
    </section>`
  }

  #links({ links }: NetworkNow): TemplateResult {
    const { language } = this.face
    return html`<section class="card">
      <h2>${words.links[language]}</h2>
      ${links.length === 0 ? html`<p class="muted">${words.noLinks[language]}</p>` : nothing}
      <ul>
        ${links.map((link) => this.#link(link))}
      </ul>
    </section>`
  }

  #link({ peer, path, traffic, rtt }: LinkNow): TemplateResult {
    const { language } = this.face
    const facts = [
      path.transport,
      path.channel,
      ...(rtt === undefined ? [] : [msText(rtt)[language]]),
      trafficText(traffic)[language],
    ]
    return html`<li>
      <div class="link">
        <p>
          <span class="mono" translate="no" title=${peer}>${shortId(peer)}</span>
          <span class="tag">${kindWords[path.kind][language]}</span>
        </p>
        <p class="small muted">${facts.join(' · ')}</p>
        <p class="small muted mono" translate="no">${path.address.replace(`/p2p/${peer}`, '')}</p>
      </div>
      <button class="button small" @click=${() => void this.#measure(peer)}>
        ${this.measured.get(peer) ?? words.measure[language]}
      </button>
    </li>`
  }

  #node({ self, addresses }: NetworkNow): TemplateResult {
    const { language } = this.face
    return html`<section class="card">
      <h2>${words.self[language]}</h2>
      <p class="mono" translate="no">${self}</p>
      <h3>${words.addresses[language]}</h3>
      ${addresses.length === 0 ? html`<p class="muted">${words.nowhere[language]}</p>` : nothing}
      <ul class="plain">
        ${addresses.map((address) => html`<li class="mono small" translate="no">${address.replace(`/p2p/${self}`, '')}</li>`)}
      </ul>
      <button class="button" @click=${() => void this.#rotate()}>${words.rotate[language]}</button>
      <p class="hint">${words.rotateWhy[language]}</p>
    </section>`
  }

  #found({ found }: NetworkNow): TemplateResult | typeof nothing {
    const { language } = this.face
    if (found.length === 0) return nothing
    return html`<section class="card">
      <h2>${words.found[language]}</h2>
      <ul>
        ${found.map(
          ({ peer, foundBy: by }) =>
            html`<li>
              <p class="mono" translate="no" title=${peer}>${shortId(peer)}</p>
              ${by.length === 0 ? nothing : html`<p class="small muted">${foundBy(by)[language]}</p>`}
            </li>`,
        )}
      </ul>
    </section>`
  }

  async #measure(peer: string): Promise<void> {
    const { language } = this.face
    const set = (said: string) => (this.measured = new Map(this.measured).set(peer, said))
    set(words.measuring[language])
    await this.#told(
      async () => {
        const { data } = await this.port.run('net.ping', { peer: [peer], count: 1 })
        set(msText((data as { rtt: number }).rtt)[language])
      },
      () => set(words.measure[language]),
    )
  }

  async #rotate(): Promise<void> {
    await this.#told(async () => {
      await this.port.run('net.rotate')
      this.face.say(words.rotated)
    })
  }

  async #told(work: () => Promise<void>, failed?: () => void): Promise<void> {
    try {
      await work()
    } catch (error) {
      failed?.()
      this.face.say(textOf(error))
    }
  }

  static override styles = css`
    :host {
      display: block;
    }
    h2 {
      margin-block-end: 0.5rem;
    }
    h3 {
      margin-block: 1rem 0.25rem;
      color: var(--palabre-muted);
      font-size: var(--palabre-text-small);
    }
    .link {
      flex: 1 1 14rem;
      min-width: 0;
    }
    .link .tag {
      margin-inline-start: 0.375rem;
    }
    .button.small {
      min-height: 2.25rem;
    }
    .card li {
      display: flex;
      flex-wrap: wrap;
      gap: 0.5rem 1rem;
      align-items: center;
      justify-content: space-between;
      padding-block: 0.5rem;
    }
    .card li + li {
      border-block-start: 1px solid var(--palabre-line);
    }
    .plain {
      margin-block-end: 1rem;
    }
    .notice {
      margin-block-end: 1rem;
    }
  `
}
