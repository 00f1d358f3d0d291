import { html, nothing, type TemplateResult } from 'lit'
import { bytesText, type Language } from '@palabre/sdk'
import type { Reachability } from '@palabre/sdk/contract/messenger'
import { routePolicies, type Road, type RoutePolicy } from '@palabre/sdk/contract/route'
import { lookOf, roadIcon, sightIcon } from './road-look.ts'
import { tripLine } from './trip-line.ts'
import { observersOf } from './who-sees.ts'
import { addressText, policyHints, policyWords, roadWords, whoSeesMe, words } from './words.ts'

export interface CardContext {
  readonly language: Language
  readonly name: string
  readonly reachability: Reachability | undefined
  readonly road: Road | null | undefined
  readonly policy: RoutePolicy | undefined
  readonly suite: string | undefined
  choose(policy: RoutePolicy): void
  close(): void
}

/** Everything that is known of the road to somebody, and what the person wants of it. */
export function routeCard(context: CardContext): TemplateResult {
  const { language, reachability, road, close } = context
  const look = lookOf(reachability)
  const why = reachability?.why
  const isMeasured = road !== null && road !== undefined
  return html`<div class="inside scroll">
    <h2 id="card-title" tabindex="-1">${roadIcon(look)} ${roadWords[look][language]}</h2>
    ${why === undefined ? nothing : html`<p class="muted">${why[language]}</p>`} ${isMeasured ? wayTo(road, context) : nothing}
    ${policies(context)} ${isMeasured ? measures(road, context) : nothing}
    <h3>${words.whoSees[language]}</h3>
    <p>${whoSeesMe[look][language]}</p>
    ${sights(context)}
    <p class="muted small">${words.nobodyReads[language]}</p>
    <div class="end"><button class="button" @click=${close}>${words.close[language]}</button></div>
  </div>`
}

/** From us to them, with who passes it on. */
function wayTo({ path: { address, hops } }: Road, { language, name }: CardContext): TemplateResult {
  const stop = (who: TemplateResult | string, where: string, kind = '') =>
    html`<li class=${kind}>
      <span class="stop" aria-hidden="true"></span><span class="leg" aria-hidden="true"></span> <span class="who">${who}</span>
      <span class="where mono" translate="no">${where}</span>
    </li>`
  return html`<ol class="way" aria-label=${words.way[language]}>
    ${stop(words.you[language], '')}
    ${hops.map((hop) => stop(html`${words.relay[language]} <span class="mono" translate="no">${shortId(hop.peer)}</span>`, hop.address === '' ? '' : addressText(hop.address)[language], 'hop'))}
    ${stop(name, hops.length > 0 ? '' : addressText(address)[language])}
  </ol>`
}

const shortId = (peer: string) => `…${peer.slice(-8)}`

function measures({ path: { transport, channel, since }, traffic, roundTrips }: Road, context: CardContext): TemplateResult {
  const { language, suite } = context
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(since)
  const rows = [
    [words.suite, suite === undefined ? words.endToEnd[language] : `${words.endToEnd[language]}\u00a0· ${suite}`],
    [words.transport, transport],
    [words.channel, channel],
    [words.since, when],
    [words.sent, bytesText(traffic.sent)[language]],
    [words.received, bytesText(traffic.received)[language]],
  ] as const
  return html`<h3>${words.roundTrip[language]}</h3>
    ${tripLine(roundTrips, language)}
    <dl class="facts">
      ${rows.map(
        ([title, value]) =>
          html`<div>
            <dt>${title[language]}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>`
}

function sights({ language, name, reachability }: CardContext): TemplateResult | typeof nothing {
  const all = observersOf(lookOf(reachability), name)
  if (all.length === 0) return nothing
  const columns = [words.seesAddress, words.seesTiming, words.seesWords]
  const cell = (sees: boolean) =>
    html`<td class=${sees ? 'sees' : ''}>
      ${sightIcon(sees)}<span class="unseen">${(sees ? words.sees : words.doesNotSee)[language]}</span>
    </td>`
  return html`<table class="sights">
    <thead>
      <tr>
        <td></td>
        ${columns.map((column) => html`<th scope="col">${column[language]}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${all.map(
        ({ who, address, timing, words: reads }) =>
          html`<tr>
            <th scope="row">${who[language]}</th>
            ${cell(address)} ${cell(timing)} ${cell(reads)}
          </tr>`,
      )}
    </tbody>
  </table>`
}

function policies({ language, policy, choose }: CardContext): TemplateResult {
  return html`<h3 id="policy">${words.policy[language]}</h3>
    <div class="segments" role="group" aria-labelledby="policy">
      ${routePolicies.map(
        (one) =>
          html`<button aria-pressed=${policy === one} data-policy=${one} @click=${() => choose(one)}>
            ${policyWords[one][language]}
          </button>`,
      )}
    </div>
    <p class="muted small" role="status">${policy === undefined ? nothing : policyHints[policy][language]}</p>`
}
