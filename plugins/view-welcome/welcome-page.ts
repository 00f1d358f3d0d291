import { css, html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import { isPalabreError, messageOf, text, type Text } from '@palabre/sdk'
import { wearFace, type Face } from '@palabre/sdk/contract/face'
import type { Port } from '@palabre/sdk/contract/port'
import { begin } from './begin.ts'
import { failed, words } from './words.ts'

export const welcomeTag = 'palabre-welcome'

export function defineWelcome(): void {
  if (customElements.get(welcomeTag) === undefined) customElements.define(welcomeTag, WelcomePage)
}

/** Two fields and a button: a name, and an invite for whoever was given one. */
class WelcomePage extends LitElement {
  static override properties: PropertyDeclarations = {
    face: { attribute: false },
    trouble: { state: true },
    isBusy: { state: true },
  }

  declare face: Face
  declare port: Port
  declare over: () => void
  declare trouble: Text | undefined
  declare isBusy: boolean

  constructor() {
    super()
    this.isBusy = false
    wearFace(this)
  }

  override render(): TemplateResult {
    const { language } = this.face
    return html`<div class="stage">
      <svg class="tree" viewBox="0 0 120 120" aria-hidden="true">
        <path
          class="crown"
          d="M60 14c-16 0-27 10-28 23-12 2-19 11-19 21 0 13 11 21 24 21h46c13 0 24-8 24-21 0-10-7-19-19-21-1-13-12-23-28-23Z"
        />
        <path class="trunk" d="M60 52v54M60 74 44 62M60 66l14-12M42 106h36" />
        <circle class="seat" cx="30" cy="103" r="5" />
        <circle class="seat" cx="90" cy="103" r="5" />
      </svg>
      <h1 tabindex="-1">${words.hello[language]}</h1>
      <p class="lead">${words.lead[language]}</p>
      <form @submit=${this.#submit}>
        <div>
          <label class="label" for="name">${words.yourName[language]}</label>
          <input id="name" class="field" name="name" required maxlength="80" autocomplete="nickname" aria-describedby="name-hint" />
          <p id="name-hint" class="hint">${words.nameHint[language]}</p>
        </div>
        <div>
          <label class="label" for="invite"
            >${words.theirInvite[language]} <span class="muted">· ${words.optional[language]}</span></label
          >
          <input
            id="invite"
            class="field"
            name="invite"
            maxlength="8000"
            autocomplete="off"
            spellcheck="false"
            aria-describedby="invite-hint"
          />
          <p id="invite-hint" class="hint">${words.inviteHint[language]}</p>
        </div>
        ${this.trouble === undefined ? nothing : html`<p class="notice bad" role="alert">${this.trouble[language]}</p>`}
        <button class="button primary" type="submit" ?disabled=${this.isBusy}>
          ${(this.isBusy ? words.beginning : words.begin)[language]}
        </button>
      </form>
      <button
        class="button quiet"
        lang=${language === 'fr' ? 'en' : 'fr'}
        @click=${() => this.face.speak(language === 'fr' ? 'en' : 'fr')}
      >
        ${language === 'fr' ? 'English' : 'Français'}
      </button>
    </div>`
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLElement>('#name')?.focus()
  }

  readonly #submit = async (event: Event) => {
    event.preventDefault()
    const said = new FormData(event.target as HTMLFormElement)
    this.isBusy = true
    this.trouble = undefined
    try {
      const peer = await begin(this.port, { name: wordOf(said, 'name'), invite: wordOf(said, 'invite') })
      this.over()
      if (peer === undefined) this.face.open('contacts', 'invite')
      else this.face.open('chat', peer)
    } catch (error) {
      this.trouble = failed(isPalabreError(error) ? error.text : text(messageOf(error), messageOf(error)))
    } finally {
      this.isBusy = false
    }
  }

  static override styles = css`
    :host {
      display: grid;
      min-height: 100%;
    }
    .stage {
      display: grid;
      justify-items: center;
      align-content: center;
      gap: 0.75rem;
      padding: 2rem 1.25rem;
    }
    .tree {
      width: 7.5rem;
      height: 7.5rem;
    }
    .crown {
      fill: var(--palabre-mine);
      stroke: var(--palabre-good);
      stroke-width: 2;
    }
    .trunk {
      fill: none;
      stroke: var(--palabre-accent);
      stroke-width: 4;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
    .seat {
      fill: var(--palabre-accent);
    }
    h1 {
      font-size: clamp(1.75rem, 1.4rem + 2vw, 2.625rem);
      text-align: center;
    }
    .lead {
      max-width: 46ch;
      margin: 0;
      text-align: center;
      text-wrap: balance;
    }
    form {
      display: grid;
      gap: 1.25rem;
      width: min(100%, 27rem);
      margin-block: 1.5rem 0.5rem;
      padding: 1.5rem;
      border: 1px solid var(--palabre-line);
      border-radius: calc(var(--palabre-round) + 0.5rem);
      background: var(--palabre-raised);
    }
    form .button {
      min-height: 3rem;
    }
  `
}

function wordOf(said: FormData, field: string): string {
  const word = said.get(field)
  return typeof word === 'string' ? word : ''
}
