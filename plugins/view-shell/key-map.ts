import { html, type TemplateResult } from 'lit'
import type { Language } from '@palabre/sdk'
import type { Action } from '@palabre/sdk/contract/action'
import { icon, lines } from './icons.ts'
import { keyText } from './key-chord.ts'
import { words } from './words.ts'

/** Every action that a key does. */
export function keyMap(title: string, actions: readonly Action[], language: Language, close: () => void): TemplateResult {
  return html`<div class="ask scroll">
    <h2 tabindex="-1">${title}</h2>
    <dl class="keys">
      ${actions.flatMap(({ key, title: does }) =>
        key === undefined
          ? []
          : html`<div>
              <dt>${does[language]}</dt>
              <dd><kbd>${keyText(key)}</kbd></dd>
            </div>`,
      )}
    </dl>
    <button class="button" @click=${close}>${icon(lines.close)}${words.close[language]}</button>
  </div>`
}
