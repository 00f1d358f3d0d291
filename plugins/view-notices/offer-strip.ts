import { html, LitElement, type PropertyDeclarations, type TemplateResult } from 'lit'
import { wearFace, type Face } from '@palabre/sdk/contract/face'
import type { Notices } from './notices.ts'
import { words } from './words.ts'

export const offerTag = 'palabre-notices-offer'

export function defineOffer(): void {
  if (customElements.get(offerTag) === undefined) customElements.define(offerTag, OfferStrip)
}

/** Asks in the page, so that the browser asks only those who want it to. */
class OfferStrip extends LitElement {
  static override properties: PropertyDeclarations = { face: { attribute: false } }

  declare face: Face
  declare notices: Notices

  constructor() {
    super()
    wearFace(this)
  }

  override render(): TemplateResult {
    const { language } = this.face
    return html`<div class="offered">
      <p>${words.offer[language]}</p>
      <div class="buttons">
        <button class="button" @click=${() => void this.#accept()}>${words.yes[language]}</button>
        <button class="button quiet" @click=${() => this.notices.decline()}>${words.no[language]}</button>
      </div>
    </div>`
  }

  async #accept(): Promise<void> {
    if (!(await this.notices.accept())) this.face.say(words.denied)
  }
}
