import { css } from 'lit'

/** A plugin: its sign, its state, why it rests. */
export const rowStyle = css`
  .rows {
    border: 1px solid var(--palabre-line);
    border-radius: calc(var(--palabre-round) + 0.25rem);
    background: var(--palabre-raised);
    overflow: clip;
  }
  .row {
    display: grid;
    grid-template-columns: 1.25rem minmax(0, 1fr) auto;
    gap: 0.25rem 1rem;
    padding: 1.125rem 1.25rem;
  }
  .row + .row {
    border-block-start: 1px solid var(--palabre-line);
  }
  .row h2 {
    font-size: 1.0625rem;
    font-weight: 600;
    line-height: 1.3;
    text-wrap: balance;
  }
  .row.off h2 {
    color: var(--palabre-muted);
  }
  .facts,
  .sees,
  .why,
  .problems {
    font-size: 0.9375rem;
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    column-gap: 0.875rem;
    color: var(--palabre-muted);
    font-variant-numeric: tabular-nums;
  }
  .state {
    font-weight: 600;
    color: var(--tone);
    display: inline-block;
  }
  .state::first-letter {
    text-transform: uppercase;
  }
  .id {
    overflow-wrap: anywhere;
  }
  .to-settings {
    min-height: 1.5rem;
    padding: 0;
    border: 0;
    border-radius: 0.25rem;
    background: none;
    color: var(--palabre-ink);
    text-decoration: underline;
    text-decoration-color: var(--palabre-edge);
    text-underline-offset: 0.2em;
  }
  .to-settings:hover {
    text-decoration-color: currentColor;
  }
  .sees {
    display: flex;
    gap: 0.5rem;
    margin-block-start: 0.375rem;
    color: var(--palabre-muted);
  }
  .sees .glyph {
    margin-block-start: 0.2em;
  }
  .why {
    margin-block-start: 0.625rem;
    padding-inline-start: 0.875rem;
    border-inline-start: 2px solid var(--tone);
    overflow-wrap: anywhere;
    text-wrap: pretty;
  }
  .why .button {
    margin-block-start: 0.625rem;
  }
  .problems {
    margin-block-start: 0.625rem;
    color: var(--palabre-muted);
  }
  .problems summary {
    width: fit-content;
    border-radius: 0.25rem;
    cursor: pointer;
  }
  .problems li {
    margin-block-start: 0.375rem;
    overflow-wrap: anywhere;
  }
  time {
    font-variant-numeric: tabular-nums;
  }

  .row {
    --tone: var(--palabre-muted);
  }
  .row.on {
    --tone: var(--palabre-good);
  }
  .row.moving {
    --tone: var(--palabre-warn);
  }
  .row.trouble {
    --tone: var(--palabre-bad);
  }
  .sign {
    width: 1.25rem;
    height: 1.25rem;
    margin-block-start: 0.125rem;
    color: var(--tone);
  }
  .fill {
    fill: currentColor;
  }
  .line {
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
  }
  .cut {
    fill: none;
    stroke: var(--palabre-raised);
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .sign.moving {
    animation: turn 1.2s linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  .glyph {
    flex: none;
    width: 1.125rem;
    height: 1.125rem;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .row .switch {
    align-self: start;
  }
  .switch[aria-busy='true'] .knob {
    opacity: 0.5;
  }
`
