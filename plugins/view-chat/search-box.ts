import { html, nothing, type TemplateResult } from 'lit'
import type { Language } from '@palabre/sdk'
import type { StoredMessage } from '@palabre/sdk/contract/store'
import { icon, lines } from './icons.ts'
import { plainText } from './markdown.ts'
import { foundCount, words } from './words.ts'

export interface SearchState {
  readonly words: string
  /** Undefined until an answer is there. */
  readonly found: readonly StoredMessage[] | undefined
}

interface SearchContext {
  readonly language: Language
  readonly name: string
  seek(wanted: string): void
  choose(message: StoredMessage): void
  close(): void
}

export function searchBox({ words: wanted, found }: SearchState, context: SearchContext): TemplateResult {
  const { language, name, seek, choose, close } = context
  const leave = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close()
  }
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
  return html`<div class="search" role="search" @keydown=${leave}>
    <div class="search-line">
      <input
        class="field"
        type="search"
        autocomplete="off"
        aria-label=${words.searchWords[language]}
        placeholder=${words.searchWords[language]}
        .value=${wanted}
        @input=${(event: Event) => seek((event.target as HTMLInputElement).value)}
      />
      <button class="button quiet only-icon" aria-label=${words.closeSearch[language]} @click=${close}>${icon(lines.close)}</button>
    </div>
    <p class="small muted" role="status">
      ${found === undefined ? nothing : (found.length === 0 ? words.nothingFound : foundCount(found.length))[language]}
    </p>
    ${
      found === undefined || found.length === 0
        ? nothing
        : html`<ul class="scroll">
            ${found.map(
              (message) =>
                html`<li>
                  <button @click=${() => choose(message)}>
                    <span class="small muted">${message.mine ? words.me[language] : name} · ${day.format(message.sentAt)}</span>
                    <span class="line">${plainText(message.text.slice(0, 600)).slice(0, 200)}</span>
                  </button>
                </li>`,
            )}
          </ul>`
    }
  </div>`
}
