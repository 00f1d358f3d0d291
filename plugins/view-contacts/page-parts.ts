import { html, nothing, type TemplateResult } from 'lit'
import type { Language, Text } from '@palabre/sdk'
import type { Desk } from './desk.ts'
import { words } from './words.ts'

export function backToAll({ language, go }: Desk): TemplateResult {
  return html`<button class="button quiet to-all" @click=${() => go(undefined)}>
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M15 5l-7 7 7 7" /></svg>${words.all[language]}
  </button>`
}

export function troubleLine({ trouble, language }: Desk): TemplateResult | typeof nothing {
  return trouble === undefined ? nothing : html`<p class="notice bad" role="alert">${trouble[language]}</p>`
}

/** What stands in a field of the form. */
export function saidIn(event: Event, field: string): string {
  const said = new FormData(event.target as HTMLFormElement).get(field)
  return typeof said === 'string' ? said : ''
}

export const dayText = (at: number, language: Language): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(at)

export const tag = (said: Text, language: Language, kind = ''): TemplateResult =>
  html`<span class="tag ${kind}">${said[language]}</span>`
