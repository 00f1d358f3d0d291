import { html, LitElement, type PropertyDeclarations, type TemplateResult } from 'lit'
import { wearFace, type Face } from '@palabre/sdk/contract/face'
import { words } from './words.ts'

export const offerTag = 'palabre-phrase-offer'

export function defineOffer(): void {
  if (customElements.get(offerTag) === undefined) customElements.define(offerTag, OfferStrip)
}

class OfferStrip extends LitElement {
  static override properties: PropertyDeclarations = { face: { attribute: false } }

  declare face: Face
  /** The person has decided, either way. */
  declare decided: () => void

  constructor() {
    super()
    wearFace(this)
  }

  override render(): TemplateResult {
    const { language } = this.face
    const look = () => {
      this.decided()
      this.face.open('settings', 'phrase')
    }
    return html`<div class="offered">
      <p>${words.offer[language]}</p>
      <div class="buttons">
        <button class="button" @click=${look}>${words.look[language]}</button>
        <button class="button quiet" @click=${() => this.decided()}>${words.later[language]}</button>
      </div>
    </div>`
  }
}
