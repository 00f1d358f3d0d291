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
  .search .field {
    padding-inline-start: 2.5rem;
  }
  .count {
    margin-inline-start: 0.25rem;
    font-variant-numeric: tabular-nums;
    font-weight: 400;
  }
`
