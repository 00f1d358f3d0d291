import { css } from 'lit'

export const settingsStyle = css`
  :host {
    display: block;
  }
  .page > header {
    margin-block-end: 1rem;
  }
  .page > .card {
    margin-block-start: 1rem;
  }
  .none {
    padding: 2rem 0;
    text-align: center;
  }
  h2 {
    margin-block-end: 0.75rem;
  }
  h2 + .hint {
    margin-block: -0.5rem 0.75rem;
  }
  fieldset + fieldset {
    margin-block-start: 1rem;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
  }
  .choice {
    display: inline-flex;
    align-items: center;
    gap: 0.5rem;
    min-height: 2.5rem;
    padding: 0.25rem 1rem 0.25rem 0.75rem;
    border: 1px solid var(--palabre-edge);
    border-radius: 999px;
    cursor: pointer;
  }
  .choice:hover {
    background: var(--palabre-hover);
  }
  .choice:has(:checked) {
    border-color: var(--palabre-accent);
    background: var(--palabre-tint);
  }
  .choice:has(:focus-visible) {
    outline: 2px solid var(--palabre-focus);
    outline-offset: 2px;
  }
  input[type='radio'],
  input[type='checkbox'] {
    flex: none;
    width: 1.125rem;
    height: 1.125rem;
    accent-color: var(--palabre-accent);
  }
  .choice input:focus-visible {
    outline: none;
  }
  .inline {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0.375rem 0.625rem;
  }
  .inline .label {
    grid-column: 1 / -1;
    margin: 0;
  }
  .turn {
    display: flex;
    gap: 1rem;
    align-items: flex-start;
    justify-content: space-between;
  }
  details {
    border-block-start: 1px solid var(--palabre-line);
  }
  summary {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.75rem;
    align-items: baseline;
    justify-content: space-between;
    margin-inline: -0.5rem;
    padding: 0.75rem 0.5rem;
    border-radius: var(--palabre-round-small);
    list-style: none;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary:hover {
    background: var(--palabre-hover);
  }
  details form {
    display: grid;
    gap: 1rem;
    padding: 0.5rem 0 1.25rem;
  }
  .check {
    display: flex;
    gap: 0.75rem;
    align-items: center;
    min-height: 2.5rem;
    cursor: pointer;
  }
  .setting {
    min-width: 0;
  }
  textarea.field {
    resize: vertical;
  }
`
