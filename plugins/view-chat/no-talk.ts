import { html, type TemplateResult } from 'lit'
import type { Face } from '@palabre/sdk/contract/face'
import { words } from './words.ts'

/** While no conversation is open: what one looks like, and the way to another. */
export function noTalk(face: Face): TemplateResult {
  const { language } = face
  return html`<div class="empty no-talk">
    <svg viewBox="0 0 160 104" aria-hidden="true">
      <path class="theirs" d="M20 10h70a12 12 0 0 1 12 12v20a12 12 0 0 1-12 12H32L14 66V22a12 12 0 0 1 6-12Z" />
      <path class="mine" d="M74 46h60a12 12 0 0 1 12 12v40l-16-12H74a12 12 0 0 1-12-12V58a12 12 0 0 1 12-12Z" />
      <path class="words" d="M30 26h48M30 38h22M80 62h46M80 74h30" />
    </svg>
    <h1 tabindex="-1">${words.noTalk[language]}</h1>
    <p>${words.noTalkWhy[language]}</p>
    <button class="button" @click=${() => face.open('contacts', 'invite')}>${words.invite[language]}</button>
  </div>`
}
