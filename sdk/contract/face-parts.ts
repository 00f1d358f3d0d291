/**
 * What all views are made of, as CSS: a clean start, `.button`, `.field`, `.card`, `.notice`, `.empty`, `.badge`, `.tag`, `.switch`, `.page`,
 * `.unseen` and their kin. Views wear it with `wearFace`; one that must stand without the frame takes it from here. Colours, corners and
 * type come from the page as `--palabre-…`.
 */
export const faceParts = `
  :host {
    color: var(--palabre-ink);
  }
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  figure,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    list-style: none;
  }
  h1,
  h2,
  h3 {
    line-height: 1.25;
    letter-spacing: -0.012em;
    text-wrap: balance;
    outline: none;
  }
  h1 {
    font-size: var(--palabre-text-title);
    font-weight: 650;
  }
  h2 {
    font-size: 1.0625rem;
    font-weight: 650;
  }
  h3 {
    font-size: 0.9375rem;
    font-weight: 650;
  }
  button,
  input,
  select,
  textarea {
    margin: 0;
    font: inherit;
    color: inherit;
  }
  button,
  summary,
  select {
    cursor: pointer;
  }
  :focus-visible {
    outline: 2px solid var(--palabre-focus);
    outline-offset: 2px;
  }
  h1:focus-visible,
  h2:focus-visible {
    outline: none;
  }
  .scroll {
    overflow-y: auto;
    scrollbar-width: thin;
    scrollbar-color: var(--palabre-line) transparent;
    overscroll-behavior: contain;
  }

  .page {
    width: min(100%, 46rem);
    margin-inline: auto;
    padding: clamp(1.25rem, 4vw, 2.5rem) clamp(1rem, 4vw, 2rem) 3rem;
  }
  .page > header {
    margin-block-end: 1.75rem;
  }
  .lead {
    max-width: 58ch;
    margin-block-start: 0.5rem;
    color: var(--palabre-muted);
    text-wrap: pretty;
  }
  .muted {
    color: var(--palabre-muted);
  }
  .small {
    font-size: var(--palabre-text-quiet);
  }
  .mono {
    font-family: var(--palabre-mono);
    font-size: 0.9em;
    overflow-wrap: anywhere;
  }

  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5rem;
    min-height: 2.5rem;
    padding: 0.375rem 1rem;
    border: 1px solid var(--palabre-edge);
    border-radius: var(--palabre-round);
    background: transparent;
    color: var(--palabre-ink);
    font-weight: 550;
    line-height: 1.25;
    text-align: center;
    text-decoration: none;
    transition: background-color 0.12s;
  }
  .button:hover {
    background: var(--palabre-hover);
  }
  .button.primary {
    border-color: var(--palabre-accent);
    background: var(--palabre-accent);
    color: var(--palabre-on-accent);
  }
  .button.primary:hover {
    filter: brightness(1.07);
  }
  .button.quiet {
    border-color: transparent;
    color: var(--palabre-muted);
    font-weight: 500;
  }
  .button.quiet:hover {
    color: var(--palabre-ink);
  }
  .button.grave {
    border-color: var(--palabre-bad);
    color: var(--palabre-bad);
  }
  .button[disabled] {
    border-color: var(--palabre-line);
    background: transparent;
    color: var(--palabre-muted);
    cursor: default;
    filter: none;
  }
  .button.only-icon {
    width: 2.5rem;
    padding: 0;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 0.625rem;
    align-items: center;
  }
  .icon {
    flex: none;
    width: 1.25rem;
    height: 1.25rem;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .field {
    display: block;
    width: 100%;
    min-height: 2.75rem;
    padding: 0.5rem 0.875rem;
    border: 1px solid var(--palabre-edge);
    border-radius: var(--palabre-round);
    background: var(--palabre-sunk);
    color: var(--palabre-ink);
    appearance: none;
    resize: none;
  }
  .field::placeholder {
    color: var(--palabre-muted);
    opacity: 1;
  }
  .label {
    display: block;
    margin-block-end: 0.375rem;
    font-size: var(--palabre-text-quiet);
    font-weight: 600;
  }
  .hint {
    margin-block-start: 0.375rem;
    color: var(--palabre-muted);
    font-size: var(--palabre-text-quiet);
    text-wrap: pretty;
  }

  .card {
    border: 1px solid var(--palabre-line);
    border-radius: calc(var(--palabre-round) + 0.25rem);
    background: var(--palabre-raised);
    padding: 1.25rem;
  }
  .card + .card,
  .section + .section {
    margin-block-start: 1rem;
  }
  .notice {
    display: flex;
    gap: 0.75rem;
    padding: 0.75rem 1rem;
    border: 1px solid var(--palabre-warn);
    border-radius: var(--palabre-round);
    background: var(--palabre-raised);
    overflow-wrap: anywhere;
    text-wrap: pretty;
  }
  .notice.bad {
    border-color: var(--palabre-bad);
  }
  .offered {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 1.5rem;
    padding: 0.625rem clamp(1rem, 4vw, 1.5rem);
  }
  .offered > p {
    flex: 1 1 16rem;
    text-wrap: pretty;
  }
  .badge {
    display: inline-grid;
    place-content: center;
    min-width: 1.25rem;
    height: 1.25rem;
    padding-inline: 0.375rem;
    border-radius: 999px;
    background: var(--palabre-accent);
    color: var(--palabre-on-accent);
    font-size: 0.75rem;
    font-weight: 700;
    font-variant-numeric: tabular-nums;
    line-height: 1;
  }
  .tag {
    display: inline-flex;
    align-items: center;
    gap: 0.25rem;
    padding: 0.0625rem 0.5rem;
    border: 1px solid var(--palabre-line);
    border-radius: 999px;
    color: var(--palabre-muted);
    font-size: var(--palabre-text-small);
  }
  .empty {
    display: grid;
    justify-items: center;
    align-content: center;
    gap: 0.75rem;
    height: 100%;
    min-height: 12rem;
    padding: 2rem 1.25rem;
    color: var(--palabre-muted);
    text-align: center;
    text-wrap: balance;
  }
  .empty h2 {
    color: var(--palabre-ink);
    font-size: var(--palabre-text-large);
  }
  .empty p {
    max-width: 44ch;
  }
  .empty .button {
    margin-block-start: 0.5rem;
  }

  .turn {
    display: flex;
    gap: 1.25rem;
    align-items: center;
    justify-content: space-between;
  }
  .turn + .turn {
    margin-block-start: 1.125rem;
  }
  .switch {
    flex: none;
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

  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
      scroll-behavior: auto !important;
    }
  }
`
