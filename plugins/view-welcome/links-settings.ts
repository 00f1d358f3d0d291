import { css, html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import { textOf, type Text } from '@palabre/sdk'
import { wearFace, type Face } from '@palabre/sdk/contract/face'
import type { Port } from '@palabre/sdk/contract/port'
import { words } from './words.ts'

export const linksTag = 'palabre-links'

export function defineLinks(): void {
  if (customElements.get(linksTag) === undefined) customElements.define(linksTag, LinksSettings)
}

/** Whether a click on a `palabre:` link of this machine comes here: only when the person says so. */
class LinksSettings extends LitElement {
  static override properties: PropertyDeclarations = {
    face: { attribute: false },
    go: { state: true },
    said: { state: true },
    trouble: { state: true },
  }

  declare face: Face
  declare port: Port
  /** Where they go now, and in a sentence. */
  declare go: string | undefined
  declare said: Text | undefined
  declare trouble: Text | undefined

  #wasHere = false
  /** Answers may come in another order than they were asked for: only the last one counts. */
  #asked = 0

  constructor() {
    super()
    wearFace(this)
  }

  override willUpdate(): void {
    const isHere = this.face.at.view === 'settings'
    if (isHere && !this.#wasHere) void this.#run({})
    this.#wasHere = isHere
  }

  override render(): TemplateResult {
    const { language } = this.face
    const isOurs = this.go === 'ours'
    return html`<div class="turn">
        <div>
          <p id="links">${words.links[language]}</p>
          <p class="hint">${this.said?.[language] ?? nothing} ${words.linksWhy[language]}</p>
        </div>
        <button
          class="switch"
          role="switch"
          aria-checked=${isOurs}
          aria-labelledby="links"
          @click=${() => void this.#run({ here: isOurs ? 'off' : 'on' })}
        >
          <span class="track"><span class="knob"></span></span>
        </button>
      </div>
      ${this.trouble === undefined ? nothing : html`<p class="notice bad" role="alert">${this.trouble[language]}</p>`}`
  }

  async #run(args: { here?: 'on' | 'off' }): Promise<void> {
    this.trouble = undefined
    const turn = ++this.#asked
    try {
      const { data, text: said } = await this.port.run('arrival.links', args)
      if (turn !== this.#asked) return
      this.go = (data as { links: string }).links
      this.said = said
    } catch (error) {
      if (turn === this.#asked) this.trouble = textOf(error)
    }
  }

  static override styles = css`
    .notice {
      margin-block-start: 0.875rem;
    }
  `
}
