import { css } from 'lit'

/** What is asked before others stop, and the buttons that answer it. */
export const askStyle = css`
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
`
