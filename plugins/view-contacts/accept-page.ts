import { html, nothing, type TemplateResult } from 'lit'
import type { InviteSays } from '@palabre/sdk/contract/contacts'
import type { Desk } from './desk.ts'
import { backToAll, dayText, saidIn, troubleLine } from './page-parts.ts'
import { inviteFileKinds } from './invite-file.ts'
import { hasCamera } from './scanner.ts'
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
    ${otherWays(desk)}
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
        ${says === undefined ? words.whoseSoon[language] : fromWhom(says.name || says.id, dayText(says.expiresAt, language))[language]}
        ${says?.known === true ? words.knownAlready[language] : nothing}
      </p>
      <button class="button primary" type="submit" ?disabled=${isBusy}>${words.acceptIt[language]}</button>
    </form>
  </section>`
}

/** A file, a picture, or the camera. */
function otherWays({ language, readFile, scanner, scan }: Desk): TemplateResult {
  const chosen = (event: Event) => {
    const field = event.target as HTMLInputElement
    const [file] = field.files ?? []
    // The same file may be chosen again.
    field.value = ''
    if (file !== undefined) void readFile(file)
  }
  return html`<div class="other-ways">
    <div class="buttons">
      <label class="button file"
        >${words.file[language]}<input class="unseen" type="file" accept=${inviteFileKinds} @change=${chosen} /></label
      >${
        hasCamera()
          ? html`<button class="button" @click=${() => scan(scanner === undefined)}>
              ${(scanner === undefined ? words.camera : words.cameraOff)[language]}
            </button>`
          : nothing
      }
    </div>
    <p class="hint">${words.drop[language]}</p>
    ${scanner}
  </div>`
}
