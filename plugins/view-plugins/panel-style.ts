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
