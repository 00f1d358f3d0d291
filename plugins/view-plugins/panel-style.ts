import { css } from 'lit'

/** Colours, spaces and type come from the page as `--palabre-…`; only what is particular to this view is here. */
export const panelStyle = css`
  :host {
    display: block;
    width: min(100%, 54rem);
    margin-inline: auto;
    padding: var(--palabre-panel-space, 0);
    color: var(--palabre-ink);
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  p,
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  button,
  input {
    font: inherit;
    color: inherit;
  }
  button {
    cursor: pointer;
  }
  :focus-visible {
    outline: 2px solid var(--palabre-focus);
    outline-offset: 2px;
  }

  header {
    margin-block-end: 2rem;
  }
  h1 {
    font-size: clamp(1.75rem, 1.4rem + 1.6vw, 2.5rem);
    font-weight: 650;
    letter-spacing: -0.02em;
    line-height: 1.1;
    outline: none;
  }
  .lead {
    max-width: 56ch;
    margin-block-start: 0.75rem;
    color: var(--palabre-muted);
    text-wrap: pretty;
  }

  .notice {
    margin-block-end: 1.5rem;
    padding: 0.875rem 1.125rem;
    border: 1px solid var(--palabre-warn);
    border-radius: var(--palabre-round);
    background: var(--palabre-raised);
  }
  .todo {
    color: var(--palabre-muted);
  }

  .choice {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75rem;
    margin-block-end: 1rem;
  }
  .search {
    position: relative;
    flex: 1 1 16rem;
  }
  .search .glyph {
    position: absolute;
    inset-block: 0;
    inset-inline-start: 0.875rem;
    margin-block: auto;
    color: var(--palabre-muted);
    pointer-events: none;
  }
  .search input {
    width: 100%;
    min-height: 2.75rem;
    padding: 0.5rem 0.875rem 0.5rem 2.5rem;
    border: 1px solid var(--palabre-edge);
    border-radius: var(--palabre-round);
    background: var(--palabre-sunk);
    appearance: none;
  }
  .search input::placeholder {
    color: var(--palabre-muted);
    opacity: 1;
  }
  .groups {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem;
    padding: 0.25rem;
    border-radius: var(--palabre-round);
    background: var(--palabre-sunk);
  }
  .groups button {
    min-height: 2.25rem;
    padding: 0.25rem 0.75rem;
    border: 1px solid transparent;
    border-radius: calc(var(--palabre-round) - 0.25rem);
    background: none;
    color: var(--palabre-muted);
    font-weight: 500;
  }
  .groups button:hover {
    color: var(--palabre-ink);
  }
  .groups button[aria-pressed='true'] {
    border-color: var(--palabre-line);
    background: var(--palabre-raised);
    color: var(--palabre-ink);
  }
  .count {
    margin-inline-start: 0.25rem;
    font-variant-numeric: tabular-nums;
    font-weight: 400;
  }

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
  .why .plain {
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

  .switch {
    align-self: start;
    /* Larger than it looks, for fingers. */
    margin: -0.625rem;
    padding: 0.625rem;
    border: 0;
    border-radius: 999px;
    background: none;
  }
  .track {
    display: block;
    width: 2.75rem;
    height: 1.5rem;
    padding: 0.1875rem;
    border: 1px solid var(--palabre-edge);
    border-radius: 999px;
    background: var(--palabre-sunk);
    transition: background-color 0.15s;
  }
  .knob {
    display: block;
    width: 1rem;
    height: 1rem;
    border: 2px solid var(--palabre-muted);
    border-radius: 50%;
    transition: translate 0.15s;
  }
  .switch[aria-checked='true'] .track {
    border-color: var(--palabre-accent);
    background: var(--palabre-accent);
  }
  .switch[aria-checked='true'] .knob {
    border-color: var(--palabre-on-accent);
    background: var(--palabre-on-accent);
    translate: 1.25rem;
  }
  .switch[aria-busy='true'] .knob {
    opacity: 0.5;
  }

  .plain {
    min-height: 2.5rem;
    padding: 0.375rem 1rem;
    border: 1px solid var(--palabre-edge);
    border-radius: var(--palabre-round);
    background: var(--palabre-raised);
    font-weight: 550;
  }
  .plain:hover {
    background: var(--palabre-sunk);
  }
  .grave {
    border-color: var(--palabre-bad);
    color: var(--palabre-bad);
  }
  .ask {
    grid-column: 2 / -1;
    margin-block-start: 0.75rem;
    padding: 1rem 1.125rem;
    border-radius: var(--palabre-round);
    background: var(--palabre-sunk);
    text-wrap: pretty;
  }
  .ask p + p,
  .ask ul + p {
    margin-block-start: 0.625rem;
  }
  .ask li {
    margin-block-start: 0.25rem;
    font-weight: 600;
  }
  .answers {
    display: flex;
    flex-wrap: wrap;
    gap: 0.625rem;
    margin-block-start: 1rem;
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: 1rem;
    padding: 3rem 1rem;
    color: var(--palabre-muted);
  }

  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @media (max-width: 30rem) {
    .row {
      column-gap: 0.75rem;
      padding: 1rem;
    }
    .ask {
      grid-column: 1 / -1;
    }
    .groups {
      flex: 1 1 100%;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
`
