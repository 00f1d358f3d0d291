import { html, type TemplateResult } from 'lit'

/** A drawing of a view or of the frame, from the lines of its one path. */
export const icon = (lines: string): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${lines} /></svg>`

export const lines = {
  tree: 'M12 21v-8m0 3-3.5-3M12 14.5l3-2.5M12 3a5 5 0 0 0-4.9 4A4.5 4.5 0 0 0 8 16h8a4.5 4.5 0 0 0 .9-9A5 5 0 0 0 12 3Z',
  square: 'M5 5h14v14H5z',
  back: 'M15 5l-7 7 7 7',
  command: 'M4 6l6 6-6 6M13 18h7',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2v2m0 16v2M4.9 4.9l1.4 1.4m11.4 11.4 1.4 1.4M2 12h2m16 0h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z',
  close: 'M6 6l12 12M18 6 6 18',
} as const
