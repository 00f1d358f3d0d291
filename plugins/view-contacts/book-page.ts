import { html, nothing, type TemplateResult } from 'lit'
import type { Language } from '@palabre/sdk'
import type { Desk } from './desk.ts'
import type { BookState, Person } from './follow-book.ts'
import { dayText, tag, troubleLine } from './page-parts.ts'
import { keepMarks, madeOn, usesLeft, words } from './words.ts'

/** Everybody, and what is open. */
export function bookPage({ people, invites, keepers, isReady }: BookState, desk: Desk): TemplateResult {
  const { language, go } = desk
  return html`<section class="page" aria-labelledby="title">
    <header>
      <h1 id="title" tabindex="-1">${words.title[language]}</h1>
      <p class="lead">${words.lead[language]}</p>
    </header>
    ${troubleLine(desk)}
    <div class="buttons">
      <button class="button primary" @click=${() => go('invite')}>${words.invite[language]}</button>
      <button class="button" @click=${() => go('accept')}>${words.accept[language]}</button>
    </div>
    ${isReady && people.length === 0 ? nobody(language) : nothing}
    ${
      people.length === 0
        ? nothing
        : html`<h2 class="part">${words.people[language]}</h2>
            <ul class="people">
              ${people.map((person) => personRow(person, keepers, desk))}
            </ul>`
    }
    ${invites.length === 0 ? nothing : openInvites(invites, desk)}
  </section>`
}

function nobody(language: Language): TemplateResult {
  return html`<div class="empty">
    <h2>${words.nobody[language]}</h2>
    <p>${words.nobodyWhy[language]}</p>
  </div>`
}

function personRow(person: Person, keepers: BookState['keepers'], { language, go }: Desk): TemplateResult {
  return html`<li>
    <button class="person" data-contact=${person.id} @click=${() => go(person.id)}>
      <span class="person-name">${person.name}</span>
      <span class="tags">${marksOf(person, keepers, language)}</span>
      <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M9 5l7 7-7 7" /></svg>
    </button>
  </li>`
}

export function marksOf(
  { id, verified, blocked, waiting, suspect }: Person,
  keepers: BookState['keepers'],
  language: Language,
): TemplateResult {
  const keeps = keepMarks[keepers?.get(id) ?? 'none']
  return html`${verified ? tag(words.verified, language, 'good') : nothing}
  ${blocked ? tag(words.blocked, language, 'bad') : nothing} ${waiting ? tag(words.waiting, language) : nothing}
  ${keeps === undefined ? nothing : tag(keeps, language)} ${suspect === undefined ? nothing : tag(words.suspect, language, 'bad')}`
}

function openInvites(invites: BookState['invites'], { language, run }: Desk): TemplateResult {
  return html`<h2 class="part">${words.openInvites[language]}</h2>
    <ul class="people">
      ${invites.map(
        ({ id, createdAt, usesLeft: left, note }) =>
          html`<li class="open-invite">
            <p>
              ${note === '' ? madeOn(dayText(createdAt, language))[language] : note}
              <span class="muted small">${usesLeft(left)[language]}</span>
            </p>
            <button class="button quiet" @click=${() => void run('invite.revoke', { id })}>${words.revoke[language]}</button>
          </li>`,
      )}
    </ul>`
}
