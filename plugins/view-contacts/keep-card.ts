import { html, type TemplateResult } from 'lit'
import type { Standing } from '@palabre/sdk/contract/mail-friends'
import type { Desk } from './desk.ts'
import type { Person } from './follow-book.ts'
import { keepWords, words } from './words.ts'

/** Whether we keep for each other what waits, and the switch with which I say my part of it. */
export function keepCard({ id }: Person, standing: Standing, { language, run, isBusy }: Desk): TemplateResult {
  const isOn = standing === 'offered' || standing === 'mutual'
  return html`<section class="card" aria-labelledby="keep">
    <div class="turn">
      <h2 id="keep">${words.keepForEachOther[language]}</h2>
      <button
        class="switch"
        role="switch"
        aria-checked=${isOn}
        aria-labelledby="keep"
        aria-describedby="keep-standing"
        ?disabled=${isBusy}
        @click=${() => void run(isOn ? 'friends.remove' : 'friends.add', { contact: id })}
      >
        <span class="track"><span class="knob"></span></span>
      </button>
    </div>
    <p id="keep-standing" role="status">${keepWords[standing][language]}</p>
    <p class="hint">${words.keepWhy[language]}</p>
  </section>`
}
