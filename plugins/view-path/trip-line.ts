import { html, svg, type TemplateResult } from 'lit'
import { msText, type Language } from '@palabre/sdk'
import type { RoundTrip } from '@palabre/sdk/contract/link'
import { tripsText, words } from './words.ts'

const width = 240
const height = 44
const margin = 4

/** The round trips as a line, the newest at the right; the same in words beside it. */
export function tripLine(trips: readonly RoundTrip[], language: Language): TemplateResult {
  const last = trips.at(-1)
  if (last === undefined) return html`<p class="muted">${words.notMeasured[language]}</p>`
  const points = pointsOf(trips)
  return html`<figure class="trips">
    <svg viewBox="0 0 ${width} ${height}" role="img" aria-label=${tripsText(trips)[language]} preserveAspectRatio="none">
      ${svg`<path class="area" d="M${points[0]![0]} ${height} ${points.map(([x, y]) => `L${x} ${y}`).join(' ')} L${width - margin} ${height}Z" />`}
      ${svg`<polyline class="line" points=${points.map((point) => point.join(',')).join(' ')} />`}
      ${svg`<path class="dot" d="M${points.at(-1)!.join(' ')}h0" />`}
    </svg>
    <figcaption>
      <strong>${msText(last.ms)[language]}</strong>
      <span class="muted small" aria-hidden="true">${tripsText(trips)[language]}</span>
    </figcaption>
  </figure>`
}

/** From the left edge to the right, the slowest at the top. */
export function pointsOf(trips: readonly RoundTrip[]): readonly (readonly [number, number])[] {
  const slowest = Math.max(...trips.map(({ ms }) => ms), 1)
  const step = trips.length === 1 ? 0 : (width - 2 * margin) / (trips.length - 1)
  const round = (value: number) => Math.round(value * 10) / 10
  return trips.map(({ ms }, index) => [
    round(trips.length === 1 ? width - margin : margin + index * step),
    round(height - margin - (ms / slowest) * (height - 3 * margin)),
  ])
}
