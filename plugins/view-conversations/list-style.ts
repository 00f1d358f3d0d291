import { css } from 'lit'

export const listStyle = css`
  :host {
    display: block;
    height: 100%;
  }
  section {
    display: flex;
    flex-direction: column;
    height: 100%;
  }
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-height: 3.5rem;
    padding: 0.375rem 0.5rem 0.375rem 1.125rem;
  }
  .filter {
    padding: 0 0.75rem 0.5rem;
  }
  .filter .field {
    min-height: 2.375rem;
    padding-block: 0.25rem;
    font-size: var(--palabre-text-quiet);
    border-color: var(--palabre-edge);
    background: var(--palabre-ground);
  }
  .notice {
    margin: 0 0.75rem 0.5rem;
  }
  .none {
    padding: 1rem 1.25rem;
  }
  .rows {
    flex: 1;
    min-height: 0;
    padding: 0.125rem 0.5rem 1rem;
  }
  .row {
    display: grid;
    grid-template-columns: 2.75rem minmax(0, 1fr) auto;
    gap: 0 0.75rem;
    align-items: center;
    width: 100%;
    padding: 0.5625rem 0.625rem;
    border: 0;
    border-radius: var(--palabre-round);
    background: none;
    text-align: start;
  }
  .row:hover {
    background: var(--palabre-hover);
  }
  .row:focus-visible {
    outline-offset: -2px;
  }
  .row[aria-current] {
    background: var(--palabre-raised);
    box-shadow: inset 0 0 0 1px var(--palabre-line);
  }
  .portrait {
    position: relative;
    grid-row: 1 / 3;
    display: grid;
    place-content: center;
    width: 2.75rem;
    height: 2.75rem;
    border-radius: 50%;
    background: oklch(from var(--palabre-tint) l 0.04 var(--hue, 85));
    color: oklch(from var(--palabre-ink) l 0.06 var(--hue, 85));
    font-weight: 650;
  }
  .portrait[data-hue='1'] {
    --hue: 145;
  }
  .portrait[data-hue='2'] {
    --hue: 200;
  }
  .portrait[data-hue='3'] {
    --hue: 260;
  }
  .portrait[data-hue='4'] {
    --hue: 320;
  }
  .portrait[data-hue='5'] {
    --hue: 30;
  }
  .presence {
    position: absolute;
    inset: auto -0.125rem -0.125rem auto;
    width: 1rem;
    height: 1rem;
    padding: 0.125rem;
    border-radius: 50%;
    background: var(--palabre-sunk);
    color: var(--palabre-muted);
  }
  .presence.direct,
  .presence.relayed {
    color: var(--palabre-good);
  }
  .presence.trying {
    color: var(--palabre-warn);
  }
  .full {
    fill: currentColor;
  }
  .line {
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
  }
  .name {
    overflow: hidden;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  time {
    color: var(--palabre-muted);
    font-size: 0.75rem;
    font-variant-numeric: tabular-nums;
  }
  .last {
    grid-column: 2;
    overflow: hidden;
    color: var(--palabre-muted);
    font-size: var(--palabre-text-quiet);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .last:last-child {
    grid-column: 2 / -1;
  }
  .row .badge {
    justify-self: end;
  }
`
