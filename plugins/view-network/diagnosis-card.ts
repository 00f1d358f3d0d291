import { css, html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import { textOf, type Text } from '@palabre/sdk'
import { wearFace, type Face } from '@palabre/sdk/contract/face'
import type { Port } from '@palabre/sdk/contract/port'
import { words } from './words.ts'

const diagnosisTag = 'palabre-network-diagnosis'

export function defineDiagnosis(): void {
  if (customElements.get(diagnosisTag) === undefined) customElements.define(diagnosisTag, DiagnosisCard)
}

const command = 'net.diagnostics'

/** A shape for each verdict, on a square of 24. */
const shapes = {
  good: 'M5 12.5l4.5 4.5L19 7.5',
  weak: 'M12 4.5 21 19.5H3ZM12 10v4.5M12 17v.01',
  bad: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  off: 'M7 12h10',
} as const

/** What was looked at, and what it means. */
interface Finding {
  readonly verdict: keyof typeof shapes
  readonly says: Text
}

/** What the network can do from here: found out when the person asks, each part told as soon as it is known. */
class DiagnosisCard extends LitElement {
  static override properties: PropertyDeclarations = {
    face: { attribute: false },
    isThere: { state: true },
    running: { state: true },
    findings: { state: true },
    trouble: { state: true },
  }

  declare face: Face
  declare port: Port
  /** Not every kernel can do it. */
  declare isThere: boolean
  declare running: AbortController | undefined
  declare findings: readonly Finding[]
  declare trouble: Text | undefined

  #wasHere = false

  constructor() {
    super()
    this.isThere = false
    this.findings = []
    wearFace(this)
  }

  override disconnectedCallback(): void {
    this.running?.abort()
    super.disconnectedCallback()
  }

  override willUpdate(): void {
    const isHere = this.face.at.view === 'network'
    if (isHere && !this.#wasHere) void this.#look()
    this.#wasHere = isHere
  }

  async #look(): Promise<void> {
    const all = await this.port.commands().catch(() => [])
    this.isThere = all.some(({ id, available }) => id === command && available)
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.isThere) return nothing
    const { language } = this.face
    const isRunning = this.running !== undefined
    return html`<section class="card" aria-labelledby="diagnosis">
      <div class="turn">
        <h2 id="diagnosis">${words.diagnosis[language]}</h2>
        <button class="button" @click=${() => (isRunning ? this.running?.abort() : void this.#check())}>
          ${(isRunning ? words.stop : words.check)[language]}
        </button>
      </div>
      <p class="hint">${words.diagnosisWhy[language]}</p>
      ${this.trouble === undefined ? nothing : html`<p class="notice bad" role="alert">${this.trouble[language]}</p>`}
      <div role="log" aria-labelledby="diagnosis" aria-busy=${isRunning}>
        <ul>
          ${this.findings.map((finding) => this.#finding(finding))}
        </ul>
        ${isRunning ? html`<p class="muted">${words.checking[language]}</p>` : nothing}
      </div>
    </section>`
  }

  #finding({ verdict, says }: Finding): TemplateResult {
    // A terminal has a sign at the beginning of the line; here it is drawn.
    const [, ...words] = says[this.face.language].split(' ')
    return html`<li class=${verdict}>
      <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${shapes[verdict]} /></svg>
      <span>${words.join(' ')}</span>
    </li>`
  }

  async #check(): Promise<void> {
    const running = (this.running = new AbortController())
    this.findings = []
    this.trouble = undefined
    try {
      for await (const { data, text } of this.port.stream(command, {}, { signal: running.signal })) {
        if (text === undefined) continue
        this.findings = [...this.findings, { verdict: (data as Finding).verdict, says: text }]
      }
    } catch (error) {
      if (!running.signal.aborted) this.trouble = textOf(error)
    }
    this.running = undefined
  }

  static override styles = css`
    :host {
      display: block;
      margin-block-start: 1rem;
    }
    .turn {
      flex-wrap: wrap;
      gap: 0.5rem 1.25rem;
    }
    ul:not(:empty) {
      margin-block-start: 0.75rem;
    }
    li {
      display: grid;
      grid-template-columns: 1.25rem minmax(0, 1fr);
      gap: 0.75rem;
      padding-block: 0.375rem;
      overflow-wrap: anywhere;
    }
    .icon {
      margin-block-start: 0.125rem;
      color: var(--palabre-muted);
    }
    .good .icon {
      color: var(--palabre-good);
    }
    .weak .icon {
      color: var(--palabre-warn);
    }
    .bad .icon {
      color: var(--palabre-bad);
    }
    .notice {
      margin-block-start: 0.75rem;
    }
  `
}
