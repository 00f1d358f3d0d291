import { html, nothing, type TemplateResult } from 'lit'
import type { Question } from './board.ts'
import type { RowContext } from './row-context.ts'
import { needOthers, switchOff, words } from './words.ts'

/** Asked in place, before anything stops that others need. */
export function askFirst({ id, also, loses }: Question, { language, titleOf, answer }: RowContext): TemplateResult {
  const escape = (event: KeyboardEvent) => {
    if (event.key === 'Escape') answer(false)
  }
  return html`<div class="ask" role="group" aria-labelledby="ask-${id}" @keydown=${escape}>
    <div id="ask-${id}">
      ${
        also.length === 0
          ? nothing
          : html`<p>${needOthers(also.length)[language]}</p>
              <ul>
                ${also.map((other) => html`<li>${titleOf(other)}</li>`)}
              </ul>`
      }
      ${loses === 'page' ? html`<p>${words.losesPage[language]}</p>` : nothing}
      ${loses === 'switches' ? html`<p>${words.losesSwitches[language]}</p>` : nothing}
    </div>
    <div class="answers">
      <button class="button" data-answer="keep" @click=${() => answer(false)}>${words.keep[language]}</button>
      <button class="button grave" data-answer="off" @click=${() => answer(true)}>${switchOff(also.length + 1)[language]}</button>
    </div>
  </div>`
}
