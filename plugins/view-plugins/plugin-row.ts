import type { Language, Text } from '@palabre/sdk'
import { stateWords, type PluginInfo, type Problem } from '@palabre/sdk/contract/plugins'
import { html, nothing, type TemplateResult } from 'lit'
import { askFirst } from './ask-first.ts'
import type { Told } from './board.ts'
import { eyeIcon, stateIcon } from './icons.ts'
import { isGivenUp, isWanted, lookOf } from './looks.ts'
import type { RowContext } from './row-context.ts'
import { nextTry, problemCount, runsOnlyIn, settingsOf, sightText, startedIn, switchOnOther, words } from './words.ts'

/** One plugin: what it is, how it is, what it could learn, and its switch. */
export function pluginRow(info: PluginInfo, context: RowContext): TemplateResult {
  const { id, title, version, state, sees } = info
  const { language, asking } = context
  return html`<li class="row ${lookOf(state)}" data-plugin=${id} aria-labelledby="title-${id}">
    ${stateIcon(lookOf(state))}
    <div class="what">
      <h2 id="title-${id}">${title[language]}</h2>
      <p class="facts">
        <span class="state">${(context.isMadeForOthers ? runsOnlyIn(info.hosts) : stateWords[state])[language]}</span>
        <span class="id" translate="no">${id}</span>
        <span>${version}</span>
        ${state === 'running' ? html`<span>${startedIn(info.times.import + info.times.start)[language]}</span>` : nothing}
        ${toSettings(info, context)}
      </p>
      ${saysWhatItSees(info) ? html`<p class="sees">${eyeIcon}${sightText(sees)[language]}</p>` : nothing} ${why(info, context)}
      ${told(context.refused, language)} ${problems(info.problems, language)}
    </div>
    ${context.isMadeForOthers ? nothing : toggle(info, context)} ${asking === undefined ? nothing : askFirst(asking, context)}
  </li>`
}

/** Of one whose manifest could not be read nothing is known, and "nothing" must not be claimed. */
const saysWhatItSees = ({ sees, state }: PluginInfo) => sees.length > 0 || state !== 'quarantined'

function toggle(info: PluginInfo, { language, busy, enable, disable }: RowContext): TemplateResult {
  const { id, title } = info
  const wanted = isWanted(info)
  return html`<button
    class="switch"
    role="switch"
    aria-checked=${wanted}
    aria-label=${title[language]}
    aria-busy=${busy}
    @click=${() => (wanted ? disable(id) : enable(id))}
  >
    <span class="track"><span class="knob"></span></span>
  </button>`
}

function toSettings({ id, title }: PluginInfo, { language, settings }: RowContext): TemplateResult | typeof nothing {
  if (settings === undefined) return nothing
  return html`<button class="to-settings" aria-label=${settingsOf(title)[language]} @click=${() => settings(id)}>
    ${words.settings[language]}
  </button>`
}

/** Why it does not run, and what to do about it. That somebody switched it off is no news: the switch says so. */
function why(info: PluginInfo, { language, cause, enable }: RowContext): TemplateResult | typeof nothing {
  const { id, reason, retryAt } = info
  if (!isWanted(info) || reason === undefined) return nothing
  const todo = isCommandLine(info.todo) ? undefined : info.todo
  const act = (label: Text, target: string) =>
    html`<button class="button" @click=${() => enable(target)}>${label[language]}</button>`
  return html`<div class="why">
    <p>${reason[language]}</p>
    ${todo === undefined ? nothing : html`<p class="todo">${todo[language]}</p>`}
    ${retryAt === undefined ? nothing : html`<p class="todo">${nextTry(retryAt)[language]}</p>`}
    ${isGivenUp(info) ? act(words.tryAgain, id) : nothing}
    ${cause === undefined ? nothing : act(switchOnOther(cause.title), cause.id)}
  </div>`
}

/** What a terminal would be asked for has a button here. */
const isCommandLine = (todo: Text | undefined) => todo !== undefined && /\bpalabre plugins enable\b/.test(todo.en)

function told(refused: Told | undefined, language: Language): TemplateResult | typeof nothing {
  if (refused === undefined) return nothing
  return html`<div class="why" role="alert">
    <p>${refused.text[language]}</p>
    ${refused.todo === undefined ? nothing : html`<p class="todo">${refused.todo[language]}</p>`}
  </div>`
}

function problems(all: readonly Problem[], language: Language): TemplateResult | typeof nothing {
  if (all.length === 0) return nothing
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'medium' })
  return html`<details class="problems">
    <summary>${problemCount(all.length)[language]}</summary>
    <ul>
      ${all.map(({ time: at, text }) => html`<li><time>${time.format(at)}</time> ${text[language]}</li>`)}
    </ul>
  </details>`
}
