import { css, html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import { textOf, type Text } from '@palabre/sdk'
import { wearFace, type Face } from '@palabre/sdk/contract/face'
import type { Port } from '@palabre/sdk/contract/port'
import type { ArrivalNow, Waiting } from './follow-arrival.ts'
import { doesNotHold, failed, invitesYou, words } from './words.ts'

export const arrivalTag = 'palabre-arrival'

export function defineArrival(): void {
  if (customElements.get(arrivalTag) === undefined) customElements.define(arrivalTag, ArrivalBox)
}

/** For who has begun already: the invite that has just come, and one click to accept it. */
class ArrivalBox extends LitElement {
  static override properties: PropertyDeclarations = {
    face: { attribute: false },
    trouble: { state: true },
    isBusy: { state: true },
  }

  declare face: Face
  declare port: Port
  declare arrival: ArrivalNow
  declare trouble: Text | undefined
  declare isBusy: boolean

  constructor() {
    super()
    this.isBusy = false
    wearFace(this, () => [this.arrival])
    this.addEventListener('palabre-cancel', () => void this.#settle())
  }

  override render(): TemplateResult | typeof nothing {
    const waiting = this.arrival.now
    return waiting === undefined ? nothing : this.#box(waiting)
  }

  #box({ says, trouble }: Waiting): TemplateResult {
    const { language } = this.face
    return html`<section class="box" aria-labelledby="title">
      <h1 id="title">${(trouble === undefined ? invitesYou(says?.name || says?.id || '') : words.arrival)[language]}</h1>
      ${
        trouble === undefined
          ? html`<p class="lead">${(says?.known === true ? words.knownAlready : words.arrivalLead)[language]}</p>`
          : html`<p class="notice bad">${doesNotHold(trouble)[language]}</p>`
      }
      ${this.trouble === undefined ? nothing : html`<p class="notice bad" role="alert">${this.trouble[language]}</p>`}
      <div class="buttons">
        ${
          trouble === undefined
            ? html`<button class="button primary" ?disabled=${this.isBusy} @click=${() => void this.#accept()}>
                  ${words.accept[language]}
                </button>
                <button class="button quiet" @click=${() => void this.#settle()}>${words.notNow[language]}</button>`
            : html`<button class="button primary" @click=${() => void this.#settle()}>${words.understood[language]}</button>`
        }
      </div>
    </section>`
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLElement>('.button.primary')?.focus()
  }

  async #accept(): Promise<void> {
    const { invite } = this.arrival.now ?? {}
    if (invite === undefined) return
    this.isBusy = true
    try {
      const { id } = (await this.port.run('invite.accept', { invite })).data as { id: string }
      await this.arrival.settle(invite)
      this.face.open('chat', id)
    } catch (error) {
      this.trouble = failed(textOf(error))
    } finally {
      this.isBusy = false
    }
  }

  async #settle(): Promise<void> {
    const { invite } = this.arrival.now ?? {}
    if (invite !== undefined) await this.arrival.settle(invite)
  }

  static override styles = css`
    .box {
      display: grid;
      gap: 1rem;
      padding: clamp(1.25rem, 4vw, 2rem);
    }
    .lead {
      margin: 0;
    }
    h1 {
      overflow-wrap: anywhere;
    }
  `
}
