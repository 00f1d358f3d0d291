import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit'
import type { Reachability } from '@palabre/sdk/contract/messenger'

/** The ways the indicator can look. Each has an icon in a shape of its own and words; colour only helps. */
export type RoadLook = 'lan' | 'direct' | 'relayed' | 'tor' | 'up' | 'trying' | 'mailbox' | 'waiting' | 'offline' | 'unknown'

export function lookOf(reachability: Reachability | undefined): RoadLook {
  if (reachability === undefined) return 'unknown'
  const { state, path } = reachability
  return state === 'up' ? (path?.kind ?? 'up') : state
}

export function roadIcon(look: RoadLook): TemplateResult {
  return html`<svg class="road ${look}" viewBox="0 0 32 16" aria-hidden="true">${shapes[look]}</svg>`
}

/** An open eye, and one that is shut. */
export function sightIcon(sees: boolean): TemplateResult {
  return html`<svg class="sight" viewBox="0 0 24 24" aria-hidden="true">
    ${sees ? svg`<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z" /><circle cx="12" cy="12" r="2.75" />` : svg`<path d="M3 10c2 3 5 4.5 9 4.5s7-1.5 9-4.5M12 14.5V18M6 13l-1.75 3M18 13l1.75 3" />`}
  </svg>`
}

const two = svg`<circle class="full" cx="4.5" cy="8" r="3.5" /><circle class="full" cx="27.5" cy="8" r="3.5" />`
const line = svg`<path d="M8 8h16" />`

const shapes: Record<RoadLook, SVGTemplateResult> = {
  lan: svg`${two}${line}<path d="M2 14.5h28" />`,
  direct: svg`${two}${line}`,
  up: svg`${two}${line}`,
  relayed: svg`${two}<path d="M8 8h3.5M20.5 8H24" /><path class="full" d="M16 2.5 21.5 8 16 13.5 10.5 8Z" />`,
  tor: svg`${two}<path d="M8 8h16" /><circle cx="16" cy="8" r="5.5" /><circle cx="16" cy="8" r="2" />`,
  trying: svg`${two}<path d="M9 8h14" stroke-dasharray="2 3.5" />`,
  mailbox: svg`<circle class="full" cx="4.5" cy="8" r="3.5" /><path d="M8 8h5" /><path d="M14 3h15v10H14zM14 4l7.5 5L29 4" />`,
  waiting: svg`<circle class="full" cx="4.5" cy="8" r="3.5" /><circle cx="27.5" cy="8" r="3.5" /><path d="M9 8h13" stroke-dasharray="1 4" />`,
  offline: svg`<circle cx="4.5" cy="8" r="3.5" /><circle cx="27.5" cy="8" r="3.5" /><path d="m13 5 6 6M19 5l-6 6" />`,
  unknown: svg`<circle cx="4.5" cy="8" r="3.5" /><circle cx="27.5" cy="8" r="3.5" />`,
}
