import { css } from 'lit'

/** What is asked before others stop. */
export const askStyle = css`
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
