import { css } from 'lit'

export const searchStyle = css`
  .search {
    display: grid;
    gap: 0.375rem;
    padding: 0.625rem 0.75rem;
    border-block-end: 1px solid var(--palabre-line);
    background: var(--palabre-sunk);
  }
  .search-line {
    display: flex;
    gap: 0.375rem;
  }
  /* The button beside it empties it too. */
  .search-line .field::-webkit-search-cancel-button {
    display: none;
  }
  .search p:empty {
    display: none;
  }
  .search ul {
    display: grid;
    max-height: 30dvh;
  }
  .search li button {
    display: grid;
    width: 100%;
    padding: 0.4375rem 0.625rem;
    border: 0;
    border-radius: var(--palabre-round-small);
    background: none;
    text-align: start;
  }
  .search li button:hover {
    background: var(--palabre-hover);
  }
  .search .line {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
`
