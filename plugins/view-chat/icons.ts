import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit'
import type { MessageState } from '@palabre/sdk/contract/store'

export const icon = (lines: string): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${lines} /></svg>`

export const lines = {
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.5 15.5 20 20',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM4.5 20c.8-3.6 3.8-5.5 7.5-5.5s6.7 1.9 7.5 5.5',
  reply: 'M10 6 4 12l6 6M4.5 12H14c4 0 6 2 6 6',
  smile: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM8.5 14.5c1.8 2.3 5.2 2.3 7 0M9 9.5v.5M15 9.5v.5',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  pencil: 'M4 20l1-4L16 5l3 3L8 19ZM14 7l3 3',
  bin: 'M5 7h14M10 4h4M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5',
  send: 'M4 12 20 4l-4.5 16-4-6.5ZM11.5 13.5 20 4',
  down: 'M12 5v14M6 13l6 6 6-6',
  close: 'M6 6l12 12M18 6 6 18',
  shield: 'M12 3l7 3v5c0 4.5-3 8-7 10-4-2-7-5.5-7-10V6ZM9 12l2.2 2.2L15.5 10',
  hourglass: 'M7 3.5h10M7 20.5h10M8 3.5v3.5l4 5 4-5V3.5M8 20.5V17l4-5 4 5v3.5',
  broom: 'M14 4l-4 8M6.5 12h8.5l1.5 8H4.5ZM9 16v4M12.5 16v4',
} as const

/** How far a message of mine has come: each its own shape. The word beside it says the same to screen readers. */
export function stateMark(state: Exclude<MessageState, 'received'>): TemplateResult {
  return html`<svg class="mark ${state}" viewBox="0 0 24 16" aria-hidden="true">${marks[state]}</svg>`
}

const twice = svg`<path d="m2 9 4 4 8-9M10.5 12 12 13.5 21 4" />`
const marks: Record<Exclude<MessageState, 'received'>, SVGTemplateResult> = {
  queued: svg`<circle cx="12" cy="8" r="6" /><path d="M12 4.5V8l2.5 1.5" />`,
  sent: svg`<path d="m6 9 4 4 8-9" />`,
  stored: svg`<path d="M5 3h14v10H5zM5 4l7 5 7-5" />`,
  delivered: twice,
  read: twice,
  failed: svg`<circle cx="12" cy="8" r="6" /><path d="M12 4.5v4M12 11v.3" />`,
}
