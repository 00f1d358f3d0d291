import { html, nothing, type TemplateResult } from 'lit'
import { routePolicies, type RoutePolicy } from '@palabre/sdk/contract/route'
import { marksOf } from './book-page.ts'
import type { Desk } from './desk.ts'
import type { BookState, Person } from './follow-book.ts'
import { keepCard } from './keep-card.ts'
import { backToAll, dayText, saidIn, troubleLine } from './page-parts.ts'
import { callsThemselves, policyWords, reallyGone, since, words } from './words.ts'

/** What is known besides of who it is. */
interface Particulars {
  readonly number: string | undefined
  readonly removing: boolean
  readonly keepers: BookState['keepers']
}

/** One person: their name, whether their key was compared, what they may do, what we do for each other. */
export function contactPage(person: Person, { number, removing, keepers }: Particulars, desk: Desk): TemplateResult {
  const { language, talk } = desk
  return html`<section class="page" aria-labelledby="title">
    ${backToAll(desk)}
    <header>
      <h1 id="title" tabindex="-1">${person.name}</h1>
      <p class="tags">${marksOf(person, keepers, language)}</p>
      <p class="lead">
        ${since(dayText(person.addedAt, language))[language]}${
          person.theirName === '' || person.theirName === person.name
            ? nothing
            : html` · ${callsThemselves(person.theirName)[language]}`
        }
      </p>
    </header>
    ${troubleLine(desk)}
    <div class="buttons">
      <button class="button primary" data-first @click=${() => talk(person.id)}>${words.talk[language]}</button>
    </div>
    ${suspectCard(person, desk)} ${safetyCard(person, number, desk)} ${roadCard(person, desk)}
    ${keepers === undefined || person.blocked ? nothing : keepCard(person, keepers.get(person.id) ?? 'none', desk)}
    ${nameCard(person, desk)} ${endCard(person, removing, desk)}
  </section>`
}

function suspectCard({ id, suspect }: Person, { language, run }: Desk): TemplateResult | typeof nothing {
  if (suspect === undefined) return nothing
  return html`<div class="notice bad suspect" role="alert">
    <p>${words.suspectWhy[language]}</p>
    <button class="button grave" @click=${() => void run('contacts.trust', { contact: id })}>${words.trust[language]}</button>
  </div>`
}

function safetyCard({ id, verified }: Person, number: string | undefined, { language, run }: Desk): TemplateResult {
  const groups = number?.match(/.{5}/g) ?? []
  return html`<section class="card" aria-labelledby="safety">
    <h2 id="safety">
      ${words.safety[language]}
      <span class="tag ${verified ? 'good' : ''}">${(verified ? words.verified : words.notVerified)[language]}</span>
    </h2>
    <p class="hint">${words.safetyWhy[language]}</p>
    <p class="digits" translate="no">${groups.map((five) => html`<span>${five}</span> `)}</p>
    <div class="buttons">
      <button
        class="button"
        ?disabled=${number === undefined}
        @click=${() => void run('contacts.verify', { contact: id, ...(verified ? { undo: true } : {}) })}
      >
        ${(verified ? words.notSame : words.same)[language]}
      </button>
    </div>
  </section>`
}

function roadCard({ id, policy }: Person, { language, run }: Desk): TemplateResult {
  const choose = (wanted: RoutePolicy) => void run('contacts.policy', { contact: id, policy: wanted })
  return html`<fieldset class="card">
    <legend class="unseen">${words.road[language]}</legend>
    <h2 aria-hidden="true">${words.road[language]}</h2>
    <p class="hint">${words.roadWhy[language]}</p>
    ${routePolicies.map(
      (one) =>
        html`<label class="option">
          <input type="radio" name="policy" .checked=${policy === one} @change=${() => choose(one)} />${policyWords[one][language]}
        </label>`,
    )}
  </fieldset>`
}

function nameCard({ id, name }: Person, { language, run, copy }: Desk): TemplateResult {
  const submit = (event: Event) => {
    event.preventDefault()
    void run('contacts.rename', { contact: id, name: saidIn(event, 'name') })
  }
  return html`<section class="card">
    <form class="inline" @submit=${submit}>
      <label class="label" for="contact-name">${words.name[language]}</label>
      <input id="contact-name" class="field" name="name" required maxlength="80" autocomplete="off" .value=${name} />
      <button class="button" type="submit">${words.rename[language]}</button>
    </form>
    <p class="label id-label">${words.userId[language]}</p>
    <p class="mono" translate="no">${id}</p>
    <button class="button quiet" @click=${() => void copy(id)}>${words.copyId[language]}</button>
  </section>`
}

function endCard(person: Person, removing: boolean, { language, run, askRemove, remove }: Desk): TemplateResult {
  const { id, name, blocked } = person
  return html`<section class="card" aria-label=${words.fewer[language]}>
    <p class="hint">${words.blockWhy[language]}</p>
    <div class="buttons">
      <button class="button" @click=${() => void run(blocked ? 'contacts.unblock' : 'contacts.block', { contact: id })}>
        ${(blocked ? words.unblock : words.block)[language]}
      </button>
      <button class="button grave" data-asks @click=${() => askRemove(true)}>${words.remove[language]}</button>
    </div>
    ${
      removing
        ? html`<div class="really" role="group" aria-labelledby="really">
            <p id="really">${reallyGone(name)[language]}</p>
            <div class="buttons">
              <button class="button" data-answer="keep" @click=${() => askRemove(false)}>${words.keep[language]}</button>
              <button class="button grave" @click=${() => void remove(person)}>${words.reallyRemove[language]}</button>
            </div>
          </div>`
        : nothing
    }
  </section>`
}
