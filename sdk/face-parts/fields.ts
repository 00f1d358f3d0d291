/** What is filled in or turned: `.field` with `.label` and `.hint`, `.option` of a group, `.switch` at the end of a `.turn`. */
export const fields = `
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
  /* The browser's own is blue. */
  .field::-webkit-search-cancel-button {
    width: 0.875rem;
    height: 0.875rem;
    margin-inline-start: 0.5rem;
    background: var(--palabre-muted);
    clip-path: polygon(10% 0, 50% 40%, 90% 0, 100% 10%, 60% 50%, 100% 90%, 90% 100%, 50% 60%, 10% 100%, 0 90%, 40% 50%, 0 10%);
    appearance: none;
    cursor: pointer;
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

  .option {
    display: flex;
    gap: 0.75rem;
    align-items: center;
    min-height: 2.5rem;
    cursor: pointer;
  }
  .option input {
    flex: none;
    width: 1.125rem;
    height: 1.125rem;
    accent-color: var(--palabre-accent);
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
`
