import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit'
import type { Look } from './looks.ts'

/** The shape of a state. Hidden from screen readers: the word beside it says the same. */
export function stateIcon(look: Look): TemplateResult {
  return html`<svg class="sign ${look}" viewBox="0 0 20 20" aria-hidden="true">${shapes[look]}</svg>`
}

export const eyeIcon = html`<svg class="glyph" viewBox="0 0 20 20" aria-hidden="true">
  <path d="M1.5 10S4.5 4.5 10 4.5 18.5 10 18.5 10 15.5 15.5 10 15.5 1.5 10 1.5 10Z" />
  <circle cx="10" cy="10" r="2.4" />
</svg>`

export const searchIcon = html`<svg class="glyph" viewBox="0 0 20 20" aria-hidden="true">
  <circle cx="8.5" cy="8.5" r="5.5" />
  <path d="m12.8 12.8 4.7 4.7" />
</svg>`

const shapes: Record<Look, SVGTemplateResult> = {
  on: svg`<circle class="fill" cx="10" cy="10" r="8" /><path class="cut" d="m6.2 10.3 2.6 2.6 5-5.4" />`,
  moving: svg`<circle class="line" cx="10" cy="10" r="7" stroke-dasharray="30 14" />`,
  off: svg`<circle class="line" cx="10" cy="10" r="7" />`,
  reserve: svg`<circle class="line" cx="10" cy="10" r="7" /><path class="fill" d="M10 3a7 7 0 0 1 0 14Z" />`,
  trouble: svg`<path class="fill" d="M10 1.8 19 17.6H1Z" /><path class="cut" d="M10 7.5v4.6M10 14.6v.4" />`,
}
