import { html, nothing, type TemplateResult } from 'lit'
import type { InviteSays } from '@palabre/sdk/contract/contacts'
import type { Desk } from './desk.ts'
import { backToAll, dayText, saidIn, troubleLine } from './page-parts.ts'
import { fromWhom, words } from './words.ts'

/** An invite of somebody: pasted, read, accepted. */
export function acceptPage(given: string, says: InviteSays | undefined, desk: Desk): TemplateResult {
  const { language, accept, read, isBusy } = desk
  const submit = (event: Event) => {
    event.preventDefault()
    void accept(saidIn(event, 'invite'))
  }
  return html`<section class="page" aria-labelledby="title">
    ${backToAll(desk)}
    <header>
      <h1 id="title" tabindex="-1">${words.accept[language]}</h1>
      <p class="lead">${words.acceptLead[language]}</p>
    </header>
    <form class="card" @submit=${submit}>
      <label class="label" for="invite">${words.theirLink[language]}</label>
      <textarea
        id="invite"
        class="field mono"
        name="invite"
        rows="4"
        required
        maxlength="8000"
        autocomplete="off"
        spellcheck="false"
        data-first
        .value=${given}
        @change=${(event: Event) => void read((event.target as HTMLTextAreaElement).value)}
      ></textarea>
      ${troubleLine(desk)}
      <p class="hint" role="status">
        ${says === undefined ? nothing : fromWhom(says.name || says.id, dayText(says.expiresAt, language))[language]}
        ${says?.known === true ? words.knownAlready[language] : nothing}
      </p>
      <button class="button primary" type="submit" ?disabled=${isBusy}>${words.acceptIt[language]}</button>
    </form>
  </section>`
}
