import { html, LitElement, type PropertyDeclarations, type TemplateResult } from 'lit'
import type { Text } from '@palabre/sdk'
import { wearFace, type Face } from '@palabre/sdk/contract/face'
import type { Choices } from './choices.ts'
import type { DeskNotices } from './desk-notice.ts'
import type { Notices } from './notices.ts'
import { words } from './words.ts'

export const settingsTag = 'palabre-notices-settings'

export function defineSettings(): void {
  if (customElements.get(settingsTag) === undefined) customElements.define(settingsTag, NoticesSettings)
}

interface Turn {
  readonly id: string
  readonly title: Text
  readonly why: Text
  readonly isOn: boolean
  turn(): void
}

class NoticesSettings extends LitElement {
  static override properties: PropertyDeclarations = { face: { attribute: false } }

  declare face: Face
  declare choices: Choices
  declare desk: DeskNotices
  declare notices: Notices

  constructor() {
    super()
    wearFace(this)
  }

  override render(): TemplateResult {
    const { choices, desk } = this
    const tells = choices.tells === true && desk.permission === 'granted'
    return html`${this.#row({ id: 'tell', title: words.tell, why: this.#tellWhy(), isOn: tells, turn: () => void this.#turnTelling(tells) })}
    ${this.#row({
      id: 'text',
      title: words.show,
      why: words.showWhy,
      isOn: choices.showsText,
      turn: () => (choices.showsText = !choices.showsText),
    })}
    ${this.#row({
      id: 'sound',
      title: words.sound,
      why: words.soundWhy,
      isOn: choices.sounds,
      turn: () => (choices.sounds = !choices.sounds),
    })}`
  }

  #row({ id, title, why, isOn, turn }: Turn): TemplateResult {
    const { language } = this.face
    return html`<div class="turn">
      <div>
        <p id=${id}>${title[language]}</p>
        <p class="hint">${why[language]}</p>
      </div>
      <button class="switch" role="switch" aria-checked=${isOn} aria-labelledby=${id} @click=${turn}>
        <span class="track"><span class="knob"></span></span>
      </button>
    </div>`
  }

  #tellWhy(): Text {
    const { permission } = this.desk
    if (permission === 'missing') return words.missing
    return permission === 'denied' ? words.denied : words.tellWhy
  }

  async #turnTelling(tells: boolean): Promise<void> {
    if (tells) this.notices.decline()
    else if (this.desk.permission !== 'missing') await this.notices.accept()
    this.requestUpdate()
  }
}
