import { css } from 'lit'

/** Which plugins are shown. */
export const choiceStyle = css`
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
`
