import { html, nothing, type TemplateResult } from 'lit'
import type { Invite } from '@palabre/sdk/contract/contacts'
import type { Desk } from './desk.ts'
import { backToAll, dayText, troubleLine } from './page-parts.ts'
import { qrPath } from './qr-path.ts'
import { holdsUntil, words } from './words.ts'

/** With a short form where there is one: for a code that any camera reads, while both are there. */
export interface OwnInvite extends Invite {
  readonly short?: string
}

/** My invite: a link to send and the same to scan. */
export function invitePage(invite: OwnInvite | undefined, desk: Desk): TemplateResult {
  const { language, isBusy } = desk
  return html`<section class="page" aria-labelledby="title">
    ${backToAll(desk)}
    <header>
      <h1 id="title" tabindex="-1">${words.yourInvite[language]}</h1>
      <p class="lead">${words.inviteLead[language]}</p>
    </header>
    ${troubleLine(desk)}
    ${invite === undefined ? html`<p class="muted" role="status">${isBusy ? words.making[language] : nothing}</p>` : card(invite, desk)}
  </section>`
}

function card({ link, short, expiresAt }: OwnInvite, { language, copy, save, another, isBusy }: Desk): TemplateResult {
  const code = qrPath(short ?? link)
  return html`<div class="card invite">
    <div class="invite-words">
      <label class="label" for="link">${words.link[language]}</label>
      <input
        id="link"
        class="field mono"
        readonly
        .value=${link}
        @focus=${(event: Event) => (event.target as HTMLInputElement).select()}
      />
      <div class="buttons">
        <button class="button primary" data-first @click=${() => void copy(link)}>${words.copy[language]}</button>
        <button class="button" @click=${() => save(link)}>${words.save[language]}</button>
        <button class="button quiet" ?disabled=${isBusy} @click=${() => void another()}>${words.another[language]}</button>
      </div>
      <p class="hint">${holdsUntil(dayText(expiresAt, language))[language]} ${words.comesIn[language]}</p>
    </div>
    ${
      code === undefined
        ? nothing
        : html`<figure>
            <svg
              class="qr"
              viewBox="0 0 ${code.size} ${code.size}"
              role="img"
              aria-label=${words.qrLabel[language]}
              shape-rendering="crispEdges"
            >
              <path d=${code.path} />
            </svg>
            <figcaption class="small muted">${(short === undefined ? words.qr : words.qrShort)[language]}</figcaption>
            ${
              short === undefined
                ? nothing
                : html`<button class="button quiet" @click=${() => void copy(short)}>${words.copyShort[language]}</button>`
            }
          </figure>`
    }
  </div>`
}
