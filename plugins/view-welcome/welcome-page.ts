import { css, html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import { textOf, type Text } from '@palabre/sdk'
import { wearFace, type Face } from '@palabre/sdk/contract/face'
import type { Port } from '@palabre/sdk/contract/port'
import { begin } from './begin.ts'
import type { ArrivalNow, Waiting } from './follow-arrival.ts'
import { restore } from './restore.ts'
import { beginWith, doesNotHold, failed, invitesYou, words } from './words.ts'

export const welcomeTag = 'palabre-welcome'

export function defineWelcome(): void {
  if (customElements.get(welcomeTag) === undefined) customElements.define(welcomeTag, WelcomePage)
}

/** Two fields and a button: a name, and an invite for whoever was given one. */
class WelcomePage extends LitElement {
  static override properties: PropertyDeclarations = {
    face: { attribute: false },
    trouble: { state: true },
    refused: { state: true },
    isRestored: { state: true },
    isBusy: { state: true },
  }

  declare face: Face
  declare port: Port
  declare arrival: ArrivalNow
  declare sleep: (ms: number) => Promise<void>
  declare over: () => void
  /** Why it cannot begin, and why the words bring nobody back. */
  declare trouble: Text | undefined
  declare refused: Text | undefined
  declare isRestored: boolean
  declare isBusy: boolean

  constructor() {
    super()
    this.isBusy = this.isRestored = false
    wearFace(this, () => [this.arrival])
  }

  override render(): TemplateResult {
    const { language } = this.face
    const waiting = this.arrival.now
    const comesFrom = waiting?.says?.name
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
        ${waiting === undefined ? this.#inviteField() : this.#arrived(waiting)}
        ${this.trouble === undefined ? nothing : html`<p class="notice bad" role="alert">${this.trouble[language]}</p>`}
        <button class="button primary" type="submit" ?disabled=${this.isBusy}>
          ${(this.isBusy ? words.beginning : comesFrom === undefined ? words.begin : beginWith(comesFrom))[language]}
        </button>
      </form>
      ${this.isRestored ? html`<p class="notice" role="status">${words.restored[language]}</p>` : this.#restoring()}
      <button
        class="button quiet"
        lang=${language === 'fr' ? 'en' : 'fr'}
        @click=${() => this.face.speak(language === 'fr' ? 'en' : 'fr')}
      >
        ${language === 'fr' ? 'English' : 'Français'}
      </button>
    </div>`
  }

  #inviteField(): TemplateResult {
    const { language } = this.face
    return html`<div>
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
    </div>`
  }

  /** The invite came with the address: whose it is stands here, or why it leads nowhere. */
  #arrived({ says, trouble }: Waiting): TemplateResult {
    const { language } = this.face
    if (trouble !== undefined)
      return html`<p class="notice" role="status">${doesNotHold(trouble)[language]} ${words.without[language]}</p>`
    return html`<p class="arrived" role="status">
      <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M4 6h16v12H4ZM4 7l8 6 8-6" /></svg
      ><span>${invitesYou(says?.name || says?.id || '')[language]}</span>
    </p>`
  }

  #restoring(): TemplateResult {
    const { language } = this.face
    return html`<details>
      <summary>${words.words[language]}</summary>
      <form @submit=${this.#restore}>
        <div>
          <label class="label" for="words">${words.wordsLabel[language]}</label>
          <textarea
            id="words"
            class="field"
            name="words"
            rows="4"
            required
            maxlength="400"
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            aria-describedby="words-hint"
          ></textarea>
          <p id="words-hint" class="hint">${words.wordsHint[language]}</p>
        </div>
        ${this.refused === undefined ? nothing : html`<p class="notice bad" role="alert">${this.refused[language]}</p>`}
        <button class="button" type="submit" ?disabled=${this.isBusy}>${words.restore[language]}</button>
      </form>
    </details>`
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLElement>('#name')?.focus()
  }

  readonly #submit = async (event: Event) => {
    event.preventDefault()
    const said = new FormData(event.target as HTMLFormElement)
    const waiting = this.arrival.now
    const invite = waiting?.trouble === undefined ? (waiting?.invite ?? wordOf(said, 'invite')) : ''
    this.trouble = undefined
    this.trouble = await this.#do(async () => {
      const peer = await begin(this.port, { name: wordOf(said, 'name'), invite })
      if (waiting !== undefined) await this.arrival.settle(waiting.invite)
      this.over()
      if (peer === undefined) this.face.open('contacts', 'invite')
      else this.face.open('chat', peer)
    })
  }

  readonly #restore = async (event: Event) => {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    this.refused = undefined
    this.refused = await this.#do(async () => {
      await restore(this.port, wordOf(new FormData(form), 'words'), this.sleep)
      form.reset()
      this.isRestored = true
      this.renderRoot.querySelector<HTMLElement>('#name')?.focus()
    })
  }

  /** One thing at a time; answers with why it did not work. */
  async #do(work: () => Promise<void>): Promise<Text | undefined> {
    this.isBusy = true
    try {
      await work()
      return undefined
    } catch (error) {
      return failed(textOf(error))
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
      width: 100%;
      padding: 1.5rem;
      border: 1px solid var(--palabre-line);
      border-radius: calc(var(--palabre-round) + 0.5rem);
      background: var(--palabre-raised);
    }
    .stage > form,
    .stage > .notice,
    details {
      width: min(100%, 27rem);
    }
    .stage > form {
      margin-block: 1.5rem 0.5rem;
    }
    .arrived {
      display: flex;
      gap: 0.75rem;
      align-items: center;
      padding: 0.75rem 1rem;
      border-radius: var(--palabre-round);
      background: var(--palabre-mine);
      font-weight: 600;
      overflow-wrap: anywhere;
    }
    .arrived .icon {
      color: var(--palabre-good);
    }
    summary {
      padding: 0.5rem;
      color: var(--palabre-muted);
      text-align: center;
    }
    details[open] summary {
      margin-block-end: 0.5rem;
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
